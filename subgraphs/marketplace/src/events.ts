import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';
import { bookingActors, bookingRoles, bookingStatuses } from './bookings/booking.rules.js';
import { interviewCancellers, interviewStatuses, interviewVerdicts } from './interviews/interview.rules.js';
import { contentKinds, outcomes } from './moderation/moderation.states.js';
import { verificationKinds } from './verifications/verification.rules.js';

const nothing = z.object({});
const ofTutor = z.object({ userId: z.uuid() });
const ofOffering = z.object({ tutorId: z.uuid(), subjectId: z.uuid() });
const ofOrder = z.object({ studentId: z.uuid(), subjectId: z.uuid() });
const ofApplication = z.object({ orderId: z.uuid(), tutorId: z.uuid() });
const ofBooking = z.object({
  orderId: z.uuid().nullable(),
  applicationId: z.uuid().nullable(),
  tutorId: z.uuid(),
  studentId: z.uuid(),
  status: z.enum(bookingStatuses),
});
const ofVerification = z.object({ tutorId: z.uuid(), userId: z.uuid(), kind: z.enum(verificationKinds) });
const ofRate = z.object({ tutorId: z.uuid(), studentId: z.uuid(), subjectId: z.uuid() });
const ofInterview = z.object({
  tutorId: z.uuid(),
  /** The account behind the tutor. */
  userId: z.uuid(),
  subjectId: z.uuid(),
  interviewerId: z.uuid().nullable(),
  status: z.enum(interviewStatuses),
});
const ofReview = z.object({ tutorId: z.uuid(), bookingId: z.uuid() });

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.marketplace.${name}.v1`, description, data });
}

/** The subject of each is the id of the subject that is taught. */
export const subjectCreated = define('subject.created', 'A subject can be taught. Subject: the subject.', nothing);
export const subjectUpdated = define(
  'subject.updated',
  'A subject is called otherwise. Subject: the subject.',
  nothing,
);
export const subjectArchived = define(
  'subject.archived',
  'A subject is not offered any longer. Subject: the subject.',
  nothing,
);

/** The subject of each is the tutor's id. */
export const tutorCreated = define('tutor.created', 'Somebody has a tutor profile. Subject: the tutor.', ofTutor);
export const tutorChanged = define(
  'tutor.changed',
  'A tutor profile or its name changed. Subject: the tutor.',
  ofTutor,
);
export const tutorHidden = define(
  'tutor.hidden',
  'A tutor is not to be found any longer. Subject: the tutor.',
  ofTutor,
);
export const tutorShown = define('tutor.shown', 'A hidden tutor is to be found again. Subject: the tutor.', ofTutor);

/** The subject is the tutor's id. */
export const scheduleChanged = define(
  'schedule.changed',
  'When a tutor teaches has changed. Subject: the tutor.',
  ofTutor,
);

/** The subject of each is the offering's id. */
export const offeringAdded = define(
  'offering.added',
  'A tutor teaches one subject more. Subject: the offering.',
  ofOffering,
);
export const offeringChanged = define(
  'offering.changed',
  'Levels or rate of an offering changed. Subject: the offering.',
  ofOffering,
);
export const offeringWithdrawn = define(
  'offering.withdrawn',
  'A tutor gave a subject up. Subject: the offering.',
  ofOffering,
);

/** The subject of each is the order's id. */
export const orderPosted = define('order.posted', 'A student looks for a tutor. Subject: the order.', ofOrder);
export const orderUpdated = define('order.updated', 'A student changed an open order. Subject: the order.', ofOrder);
export const orderMatched = define(
  'order.matched',
  'A tutor was chosen; the order is closed to others. Subject: the order.',
  ofOrder,
);
export const orderClosed = define(
  'order.closed',
  'A student closed an order without choosing. Subject: the order.',
  ofOrder,
);
export const orderDeleted = define(
  'order.deleted',
  'A student deleted an order that nobody had applied to. Subject: the order.',
  ofOrder,
);

/** The subject of each is the application's id. */
export const applicationSubmitted = define(
  'application.submitted',
  'A tutor applied to an order. Subject: the application.',
  ofApplication,
);
export const applicationWithdrawn = define(
  'application.withdrawn',
  'A tutor took an application back. Subject: the application.',
  ofApplication,
);
export const applicationChosen = define(
  'application.chosen',
  'A student chose an application. Subject: the application.',
  ofApplication,
);
export const applicationDeclined = define(
  'application.declined',
  'A student declined an application. Subject: the application.',
  ofApplication,
);
export const applicationNotChosen = define(
  'application.not-chosen',
  'An order closed while the application was pending. Subject: the application.',
  ofApplication,
);

/** The subject of each is the booking's id; it stands as `status` says when the event is recorded. */
export const bookingCreated = define(
  'booking.created',
  'A lesson was agreed, without times yet. Subject: the booking.',
  ofBooking,
);
export const bookingHeld = define(
  'booking.held',
  'A slot is held for a student for some minutes. Subject: the booking.',
  ofBooking,
);
export const bookingPaymentAwaited = define(
  'booking.payment-awaited',
  'A booking keeps its time until it is paid, or until its time to pay is over; so does one from a package. Subject: the booking.',
  ofBooking,
);
export const bookingConfirmed = define(
  'booking.confirmed',
  'A booking is paid: the lesson takes place. Subject: the booking.',
  ofBooking,
);
export const bookingRescheduled = define(
  'booking.rescheduled',
  'A booking has another time. Subject: the booking.',
  ofBooking,
);
export const bookingStarted = define('booking.started', 'A lesson has begun. Subject: the booking.', ofBooking);
export const bookingCompleted = define(
  'booking.completed',
  'A lesson has taken place. Subject: the booking.',
  ofBooking,
);
export const bookingCancelled = define(
  'booking.cancelled',
  'A lesson does not take place; `refundPercent` of what was paid goes back to the student. Subject: the booking.',
  ofBooking.extend({ cancelledBy: z.enum(bookingActors), refundPercent: z.number().int().min(0).max(100) }),
);
export const bookingExpired = define(
  'booking.expired',
  'A hold or an unpaid booking gave its time free; a checkout for it must end. Subject: the booking.',
  ofBooking,
);
export const bookingNoShow = define(
  'booking.no-show',
  'Somebody was reported absent from a lesson; `refundPercent` goes back to the student unless it is disputed until `disputableUntil`, which is null once staff has decided. Subject: the booking.',
  ofBooking.extend({
    absent: z.enum(bookingRoles),
    refundPercent: z.number().int().min(0).max(100),
    disputableUntil: z.iso.datetime().nullable(),
  }),
);
export const bookingDisputed = define(
  'booking.disputed',
  'Who was reported absent says otherwise; staff decides. Subject: the booking.',
  ofBooking,
);
export const bookingRefundDue = define(
  'booking.refund-due',
  'Money arrived for a lesson that cannot take place any longer: all of it goes back to the student. Subject: the booking.',
  ofBooking.extend({ paymentId: z.uuid() }),
);
export const bookingReminderDue = define(
  'booking.reminder-due',
  'A lesson is near; both sides are to be told. Subject: the booking.',
  ofBooking.extend({ hoursBefore: z.number().int().positive() }),
);
export const bookingMeetingChanged = define(
  'booking.meeting-changed',
  'The link of the video room of a lesson was made, moved or removed. Subject: the booking.',
  ofBooking,
);

/** The subject of each is the interview's id; it stands as `status` says when the event is recorded. */
export const interviewRequested = define(
  'interview.requested',
  'A tutor asks staff for an interview about a subject. Subject: the interview.',
  ofInterview,
);
export const interviewScheduled = define(
  'interview.scheduled',
  'An interview has a time and somebody who talks with the tutor. Subject: the interview.',
  ofInterview,
);
export const interviewRescheduled = define(
  'interview.rescheduled',
  'An interview has another time or another interviewer. Subject: the interview.',
  ofInterview,
);
export const interviewRejected = define(
  'interview.rejected',
  'Staff gives no interview, and said why. Subject: the interview.',
  ofInterview,
);
export const interviewCompleted = define(
  'interview.completed',
  'An interview took place. Subject: the interview.',
  ofInterview.extend({ verdict: z.enum(interviewVerdicts) }),
);
export const interviewCancelled = define(
  'interview.cancelled',
  'An interview does not take place. Subject: the interview.',
  ofInterview.extend({ cancelledBy: z.enum(interviewCancellers) }),
);
export const interviewMeetingChanged = define(
  'interview.meeting-changed',
  'The link of the video room of an interview was made, moved or removed. Subject: the interview.',
  ofInterview,
);

/** The subject of each is the review's id. */
export const reviewPosted = define('review.posted', 'A student reviewed a tutor. Subject: the review.', ofReview);
export const reviewUpdated = define('review.updated', 'A student changed a review. Subject: the review.', ofReview);
export const reviewDeleted = define('review.deleted', 'A student deleted a review. Subject: the review.', ofReview);

/** The subject of each is the verification's id. */
export const verificationSubmitted = define(
  'verification.submitted',
  'A tutor wants to have something confirmed; staff decides. Subject: the verification.',
  ofVerification,
);
export const verificationApproved = define(
  'verification.approved',
  'Staff confirmed something of a tutor for 12 months. Subject: the verification.',
  ofVerification,
);
export const verificationRejected = define(
  'verification.rejected',
  'Staff refused what a tutor wanted to have confirmed, or what counted until now. Subject: the verification.',
  ofVerification,
);
export const verificationExpiring = define(
  'verification.expiring',
  'What was confirmed of a tutor counts for 30 days more; told once. Subject: the verification.',
  ofVerification,
);
export const verificationExpired = define(
  'verification.expired',
  'What was confirmed of a tutor does not count any longer. Subject: the verification.',
  ofVerification,
);

/** The subject of each is the id of what a student and a tutor have agreed upon. */
export const rateProposed = define(
  'rate.proposed',
  'A tutor would like to have more of a present student, who is to consent or decline. Subject: the rate.',
  ofRate,
);
export const rateChanged = define(
  'rate.changed',
  'A student pays another rate from now on, by consent or because it is lower, or a proposal was taken back. Subject: the rate.',
  ofRate,
);
export const rateDeclined = define(
  'rate.declined',
  'A student declined a higher rate: the former one holds. Subject: the rate.',
  ofRate,
);

/** The subject is the policy's id. */
export const policyPublished = define(
  'policy.published',
  'Other rules of the market hold for bookings that are made from now on. Subject: the policy.',
  z.object({ version: z.number().int().positive() }),
);

const ofCase = z.object({
  kind: z.enum(contentKinds),
  targetId: z.uuid(),
  authorId: z.uuid(),
  tutorId: z.uuid(),
});

/** The subject of each is the id of the case. */
export const moderationQueued = define(
  'moderation.queued',
  'Staff has to look at something that somebody wrote. Subject: the case.',
  ofCase,
);
export const moderationDecided = define(
  'moderation.decided',
  'Staff decided on something that somebody wrote. Subject: the case.',
  ofCase.extend({ outcome: z.enum(outcomes) }),
);
export const moderationAppealed = define(
  'moderation.appealed',
  'The author appealed against what staff decided. Subject: the case.',
  ofCase,
);

export const savedSearchMatched = define(
  'saved-search.matched',
  'A tutor has begun to match a saved search whose owner wants to know. Subject: the saved search.',
  z.object({ userId: z.uuid(), tutorId: z.uuid() }),
);

/** Every event of this room. */
export const events = [
  subjectCreated,
  subjectUpdated,
  subjectArchived,
  tutorCreated,
  tutorChanged,
  tutorHidden,
  tutorShown,
  scheduleChanged,
  offeringAdded,
  offeringChanged,
  offeringWithdrawn,
  orderPosted,
  orderUpdated,
  orderMatched,
  orderClosed,
  orderDeleted,
  applicationSubmitted,
  applicationWithdrawn,
  applicationChosen,
  applicationDeclined,
  applicationNotChosen,
  bookingCreated,
  bookingHeld,
  bookingPaymentAwaited,
  bookingConfirmed,
  bookingRescheduled,
  bookingStarted,
  bookingCompleted,
  bookingCancelled,
  bookingExpired,
  bookingNoShow,
  bookingDisputed,
  bookingRefundDue,
  bookingReminderDue,
  bookingMeetingChanged,
  interviewRequested,
  interviewScheduled,
  interviewRescheduled,
  interviewRejected,
  interviewCompleted,
  interviewCancelled,
  interviewMeetingChanged,
  reviewPosted,
  reviewUpdated,
  reviewDeleted,
  verificationSubmitted,
  verificationApproved,
  verificationRejected,
  verificationExpiring,
  verificationExpired,
  rateProposed,
  rateChanged,
  rateDeclined,
  moderationQueued,
  moderationDecided,
  moderationAppealed,
  policyPublished,
  savedSearchMatched,
  ...Object.values(privacyEvents('marketplace')),
  ...Object.values(auditEvents('marketplace')),
];
