import { accountRestoredType } from './accounts/account-restored.js';
import { accountSuspendedType } from './accounts/account-suspended.js';
import { roleChangedType } from './accounts/role-changed.js';
import { welcomeType } from './accounts/welcome.js';
import { bookingCancelledType } from './bookings/booking-cancelled.js';
import { bookingCompletedType } from './bookings/booking-completed.js';
import { bookingConfirmedType } from './bookings/booking-confirmed.js';
import { bookingDisputedType } from './bookings/booking-disputed.js';
import { bookingExpiredType } from './bookings/booking-expired.js';
import { bookingMeetingChangedType } from './bookings/booking-meeting-changed.js';
import { bookingNoShowType } from './bookings/booking-no-show.js';
import { bookingPaymentAwaitedType } from './bookings/booking-payment-awaited.js';
import { bookingRefundDueType } from './bookings/booking-refund-due.js';
import { bookingReminderDayType, bookingReminderHourType } from './bookings/booking-reminder.js';
import { bookingRescheduledType } from './bookings/booking-rescheduled.js';
import { chatMessageType } from './chat/chat-message.js';
import { chatReportOpenedType } from './chat/chat-report-opened.js';
import { chatRoomJoinedType } from './chat/chat-room-joined.js';
import { supportRequestedType } from './chat/support-requested.js';
import { interviewCancelledType } from './interviews/interview-cancelled.js';
import { interviewCompletedType } from './interviews/interview-completed.js';
import { interviewRejectedType } from './interviews/interview-rejected.js';
import { interviewRequestedType } from './interviews/interview-requested.js';
import { interviewRescheduledType } from './interviews/interview-rescheduled.js';
import { interviewScheduledType } from './interviews/interview-scheduled.js';
import { certificateIssuedType } from './learning/certificate-issued.js';
import { certificateRevokedType } from './learning/certificate-revoked.js';
import { courseCompletedType } from './learning/course-completed.js';
import { courseEnrolledType } from './learning/course-enrolled.js';
import { exchangeFailedType } from './learning/exchange-failed.js';
import { handOverOpenedType } from './learning/hand-over-opened.js';
import { handOverTakenType } from './learning/hand-over-taken.js';
import { homeworkDueSoonType } from './learning/homework-due-soon.js';
import { homeworkExtendedType } from './learning/homework-extended.js';
import { homeworkReturnedType } from './learning/homework-returned.js';
import { homeworkReviewedType } from './learning/homework-reviewed.js';
import { homeworkSubmittedType } from './learning/homework-submitted.js';
import { lessonCompletedType } from './learning/lesson-completed.js';
import { studentAtRiskType } from './learning/student-at-risk.js';
import type { NotificationType } from './notification-type.js';
import { applicationChosenType } from './orders/application-chosen.js';
import { applicationDeclinedType } from './orders/application-declined.js';
import { applicationNotChosenType } from './orders/application-not-chosen.js';
import { applicationReceivedType } from './orders/application-received.js';
import { applicationWithdrawnType } from './orders/application-withdrawn.js';
import { savedSearchMatchedType } from './orders/saved-search-matched.js';
import { disputeClosedType } from './payments/dispute-closed.js';
import { packageBoughtType } from './payments/package-bought.js';
import { packageExpiredType } from './payments/package-expired.js';
import { packageRefusedType } from './payments/package-refused.js';
import { paymentDisputedType } from './payments/payment-disputed.js';
import { paymentFailedType } from './payments/payment-failed.js';
import { paymentRefundedType } from './payments/payment-refunded.js';
import { paymentSucceededType } from './payments/payment-succeeded.js';
import { refundFailedType } from './payments/refund-failed.js';
import { earningReceivedType } from './payouts/earning-received.js';
import { earningReversedType } from './payouts/earning-reversed.js';
import { payoutAccountChangedType } from './payouts/payout-account-changed.js';
import { premiumActivatedType } from './payouts/premium-activated.js';
import { premiumEndedType } from './payouts/premium-ended.js';
import { premiumPastDueType } from './payouts/premium-past-due.js';
import { reconciliationDifferedType } from './payouts/reconciliation-differed.js';
import { withdrawalApprovedType } from './payouts/withdrawal-approved.js';
import { withdrawalFailedType } from './payouts/withdrawal-failed.js';
import { withdrawalPaidType } from './payouts/withdrawal-paid.js';
import { withdrawalRejectedType } from './payouts/withdrawal-rejected.js';
import { withdrawalRequestedType } from './payouts/withdrawal-requested.js';
import { rateChangedType } from './rates/rate-changed.js';
import { rateDeclinedType } from './rates/rate-declined.js';
import { rateProposedType } from './rates/rate-proposed.js';
import { moderationAppealedType } from './reviews/moderation-appealed.js';
import { moderationDecidedType } from './reviews/moderation-decided.js';
import { moderationQueuedType } from './reviews/moderation-queued.js';
import { reviewReceivedType } from './reviews/review-received.js';
import { bookingMadeType } from './staff/booking-made.js';
import { lessonDisputeOpenedType } from './staff/lesson-dispute-opened.js';
import { modelAlertRaisedType } from './staff/model-alert-raised.js';
import { announcementType, staffMessageType } from './staff/sendings.js';
import { verificationApprovedType } from './verifications/verification-approved.js';
import { verificationExpiredType } from './verifications/verification-expired.js';
import { verificationExpiringType } from './verifications/verification-expiring.js';
import { verificationRejectedType } from './verifications/verification-rejected.js';
import { verificationSubmittedType } from './verifications/verification-submitted.js';

/** Everything that people may be told, in the order in which they choose of what they hear. */
export const notificationTypes: readonly NotificationType[] = [
  // Lessons.
  bookingConfirmedType,
  bookingRescheduledType,
  bookingCancelledType,
  bookingReminderDayType,
  bookingReminderHourType,
  bookingMeetingChangedType,
  bookingPaymentAwaitedType,
  bookingExpiredType,
  bookingCompletedType,
  bookingNoShowType,
  bookingDisputedType,
  bookingRefundDueType,
  // Orders, searches and rates.
  applicationReceivedType,
  applicationWithdrawnType,
  applicationChosenType,
  applicationDeclinedType,
  applicationNotChosenType,
  savedSearchMatchedType,
  rateProposedType,
  rateChangedType,
  rateDeclinedType,
  // Reviews and moderation.
  reviewReceivedType,
  moderationDecidedType,
  // Becoming and being a tutor.
  interviewScheduledType,
  interviewRescheduledType,
  interviewRejectedType,
  interviewCompletedType,
  interviewCancelledType,
  verificationApprovedType,
  verificationRejectedType,
  verificationExpiringType,
  verificationExpiredType,
  // Money.
  paymentSucceededType,
  paymentFailedType,
  paymentRefundedType,
  packageBoughtType,
  packageExpiredType,
  packageRefusedType,
  payoutAccountChangedType,
  earningReceivedType,
  earningReversedType,
  withdrawalApprovedType,
  withdrawalRejectedType,
  withdrawalPaidType,
  withdrawalFailedType,
  premiumActivatedType,
  premiumPastDueType,
  premiumEndedType,
  // School.
  courseEnrolledType,
  courseCompletedType,
  homeworkReviewedType,
  homeworkReturnedType,
  homeworkDueSoonType,
  homeworkExtendedType,
  certificateIssuedType,
  certificateRevokedType,
  handOverTakenType,
  // Chat.
  chatMessageType,
  chatRoomJoinedType,
  // Accounts.
  welcomeType,
  roleChangedType,
  accountSuspendedType,
  accountRestoredType,
  // What waits for staff.
  bookingMadeType,
  lessonDisputeOpenedType,
  interviewRequestedType,
  verificationSubmittedType,
  moderationQueuedType,
  moderationAppealedType,
  withdrawalRequestedType,
  refundFailedType,
  paymentDisputedType,
  disputeClosedType,
  reconciliationDifferedType,
  supportRequestedType,
  chatReportOpenedType,
  modelAlertRaisedType,
  // What waits for curators.
  homeworkSubmittedType,
  lessonCompletedType,
  studentAtRiskType,
  handOverOpenedType,
  exchangeFailedType,
  // From staff.
  staffMessageType,
  announcementType,
];

const byName = new Map(notificationTypes.map((definition) => [definition.type, definition]));

/** A type by its name; undefined for one that is not in the catalogue any longer. */
export function notificationType(name: string): NotificationType | undefined {
  return byName.get(name);
}
