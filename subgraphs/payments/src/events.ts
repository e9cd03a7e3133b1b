import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';

const ofPayment = z.object({
  bookingId: z.uuid().nullable(),
  packageId: z.uuid().nullable(),
  payerId: z.uuid(),
  tutorId: z.uuid(),
});
const ofPackage = z.object({ studentId: z.uuid(), tutorId: z.uuid() });
const ofTutor = z.object({ tutorId: z.uuid(), userId: z.uuid() });
const ofTransfer = z.object({ tutorId: z.uuid(), paymentId: z.uuid().nullable() });

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.payments.${name}.v1`, description, data });
}

/** The subject of each is the payment's id. */
export const paymentOpened = define('payment.opened', 'A payment can be made. Subject: the payment.', ofPayment);
export const paymentFailed = define(
  'payment.failed',
  'An attempt to pay was declined; another one may be made. Subject: the payment.',
  ofPayment,
);
export const paymentProcessing = define(
  'payment.processing',
  'A bank takes its time over a payment. Subject: the payment.',
  ofPayment,
);
export const paymentSucceeded = define(
  'payment.succeeded',
  'Money for a booking has arrived. Subject: the payment.',
  ofPayment.extend({ bookingId: z.uuid() }),
);
export const paymentCancelled = define(
  'payment.cancelled',
  'A payment ended unpaid; it cannot be made any more. Subject: the payment.',
  ofPayment,
);
export const paymentRefunded = define(
  'payment.refunded',
  'Money of a payment went back, in part or whole. Subject: the payment.',
  ofPayment,
);
export const paymentRefundFailed = define(
  'payment.refund-failed',
  'A bank did not take a refund; staff has to look at it. Subject: the payment.',
  ofPayment,
);
export const paymentDisputed = define(
  'payment.disputed',
  'A cardholder disputes a payment; evidence is wanted. Subject: the payment.',
  ofPayment.extend({ disputeId: z.uuid() }),
);
export const paymentDisputeClosed = define(
  'payment.dispute-closed',
  'A dispute of a cardholder has ended. Subject: the payment.',
  ofPayment.extend({ disputeId: z.uuid(), won: z.boolean() }),
);

/** The subject is the payment's id. Of payments for courses nothing else is told: what they have in common with others is how they stand. */
export const coursePaymentChanged = define(
  'course-payment.changed',
  'The payment of a course stands otherwise. Subject: the payment. While the money is held, its payer has the course.',
  z.object({ payerId: z.uuid(), courseId: z.uuid(), cohortId: z.uuid().nullable(), isHeld: z.boolean() }),
);

/** The subject of each is the package's id. */
export const packageBought = define('package.bought', 'A package of lessons is paid. Subject: the package.', ofPackage);
export const packageChanged = define(
  'package.changed',
  'A lesson was taken from a package, or came back to it. Subject: the package.',
  ofPackage,
);
export const packageExpired = define(
  'package.expired',
  'Lessons of a package were not taken in time. Subject: the package.',
  ofPackage,
);
export const packageRefused = define(
  'package.refused',
  'A booking cannot be paid from its package: it is another one’s, used up, expired or for other lessons. Subject: the package.',
  z.object({ bookingId: z.uuid(), studentId: z.uuid() }),
);

/** The subject of each is the tutor's id. */
export const payoutAccountChanged = define(
  'payout-account.changed',
  'A tutor can be paid, or not any longer. Subject: the tutor.',
  z.object({ userId: z.uuid(), transfersEnabled: z.boolean(), payoutsEnabled: z.boolean() }),
);

/** The subject of each is the transfer's id. */
export const transferMade = define('transfer.made', 'Money went to a tutor. Subject: the transfer.', ofTransfer);
export const transferReversed = define(
  'transfer.reversed',
  'Money came back from a tutor. Subject: the transfer.',
  ofTransfer,
);

/** The subject of each is the withdrawal's id. */
export const withdrawalRequested = define(
  'withdrawal.requested',
  'A tutor wants money at the bank; staff decides. Subject: the withdrawal.',
  ofTutor,
);
export const withdrawalApproved = define(
  'withdrawal.approved',
  'A withdrawal is on its way. Subject: the withdrawal.',
  ofTutor,
);
export const withdrawalRejected = define(
  'withdrawal.rejected',
  'Staff rejected a withdrawal, and said why. Subject: the withdrawal.',
  ofTutor,
);
export const withdrawalCancelled = define(
  'withdrawal.cancelled',
  'A tutor took a withdrawal back. Subject: the withdrawal.',
  ofTutor,
);
export const withdrawalPaid = define(
  'withdrawal.paid',
  'A withdrawal is at the bank. Subject: the withdrawal.',
  ofTutor,
);
export const withdrawalFailed = define(
  'withdrawal.failed',
  'A bank did not take a withdrawal; the money is available again. Subject: the withdrawal.',
  ofTutor,
);

/** The subject of each is the membership's id. */
export const premiumActivated = define(
  'premium.activated',
  'A tutor is premium until then; also when that is prolonged. Subject: the membership.',
  ofTutor.extend({ premiumUntil: z.iso.datetime() }),
);
export const premiumPastDue = define(
  'premium.past-due',
  'A premium membership was not paid; it goes on for some days. Subject: the membership.',
  ofTutor.extend({ graceUntil: z.iso.datetime() }),
);
export const premiumEnded = define(
  'premium.ended',
  'A tutor is premium no longer; until then at most it was paid. Subject: the membership.',
  ofTutor.extend({ premiumUntil: z.iso.datetime().optional() }),
);

/** The subject is the reconciliation's id. */
export const reconciliationDiffered = define(
  'reconciliation.differed',
  'The ledger says otherwise than Stripe; staff has to look at it. Subject: the reconciliation.',
  z.object({ differences: z.number().int().positive() }),
);

/** Every event of this room. */
export const events = [
  paymentOpened,
  paymentFailed,
  paymentProcessing,
  paymentSucceeded,
  paymentCancelled,
  paymentRefunded,
  paymentRefundFailed,
  paymentDisputed,
  paymentDisputeClosed,
  coursePaymentChanged,
  packageBought,
  packageChanged,
  packageExpired,
  packageRefused,
  payoutAccountChanged,
  transferMade,
  transferReversed,
  withdrawalRequested,
  withdrawalApproved,
  withdrawalRejected,
  withdrawalCancelled,
  withdrawalPaid,
  withdrawalFailed,
  premiumActivated,
  premiumPastDue,
  premiumEnded,
  reconciliationDiffered,
  ...Object.values(privacyEvents('payments')),
  ...Object.values(auditEvents('payments')),
];
