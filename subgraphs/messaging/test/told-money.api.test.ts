import { newId } from '@tutorgraph/kit/database/id';
import * as payments from '@tutorgraph/schema/events/payments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestTutor, Told } from './told.js';

let told: Told;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  told = await Told.open();
  [tutor, subjectId] = [await told.tutor(), await told.subject()];
});

afterAll(() => told.close());

/** A payment for a lesson, of which some went back. */
async function payment(payerId: string, { status = 'SUCCEEDED', refundedMinor = 0 } = {}): Promise<string> {
  const id = newId();
  await told.sql(
    `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, amount_minor, refunded_minor,
       currency, commission_percent, share_minor, tax_minor, paid_at, created_at, updated_at)
     values (?, 'LESSON', 'CHECKOUT', ?, ?, ?, ?, 2500, ?, 'EUR', 33, 1675, 0, case when ? = 'PENDING' then null else now() end,
       now(), now())`,
    [id, status, payerId, tutor.tutorId, newId(), refundedMinor, status],
  );
  return id;
}

async function withdrawal(status: string): Promise<string> {
  const id = newId();
  await told.sql(
    `insert into payments.withdrawals (id, tutor_id, user_id, status, amount_minor, currency, decided_by, rejection_reason,
       created_at, updated_at)
     values (?, ?, ?, ?, 100000, 'EUR', ?, 'The name at the bank is another one.', now(), now())`,
    [id, tutor.tutorId, tutor.userId, status, newId()],
  );
  return id;
}

it('payments: whoever pays is told of success, failure and refunds, and staff of what went wrong', async () => {
  const [student, admin] = [await told.student(), await told.graph.person('ADMIN')];
  const about = { bookingId: newId(), packageId: null, payerId: student.userId, tutorId: tutor.tutorId };
  await told.says(payments.paymentFailed, await payment(student.userId, { status: 'PENDING' }), about);
  const paid = await payment(student.userId, { status: 'PARTIALLY_REFUNDED', refundedMinor: 1_250 });
  await told.says(payments.paymentSucceeded, paid, about);
  await told.says(payments.paymentRefunded, paid, about);
  await told.says(payments.paymentRefundFailed, paid, about);
  await told.says(payments.paymentDisputed, paid, { ...about, disputeId: newId() });
  await told.says(payments.paymentDisputeClosed, paid, { ...about, disputeId: newId(), won: true });
  // Paid from a package: nobody paid anew.
  await told.says(payments.paymentSucceeded, await payment(student.userId), { ...about, packageId: newId() });
  await told.heard();
  expect(await told.toldTo(student)).toEqual([
    'PAYMENT_FAILED: The payment of €25 did not go through',
    'PAYMENT_SUCCEEDED: Paid: €25',
    'PAYMENT_REFUNDED: Refunded: €12.50 of €25',
  ]);
  expect(await told.toldTo(admin)).toEqual([
    'REFUND_FAILED: A bank did not take a refund',
    'PAYMENT_DISPUTED: Disputed: a payment of €25',
    'PAYMENT_DISPUTE_CLOSED: Dispute won: €25',
  ]);
});

it('packages: both people are told when one is bought, the student when it ends or cannot pay', async () => {
  const student = await told.student();
  const teacher = await told.teacher(subjectId);
  const packageId = newId();
  await told.sql(
    `insert into payments.packages (id, status, student_id, tutor_id, subject_id, duration_minutes, lessons, amount_minor,
       currency, commission_percent, credit_minor, valid_days, valid_until, created_at, updated_at)
     values (?, 'ACTIVE', ?, ?, ?, 60, 5, 10000, 'EUR', 33, 10000, 180, '2027-02-24T15:00:00Z', now(), now())`,
    [packageId, student.userId, teacher.tutorId, subjectId],
  );
  const about = { studentId: student.userId, tutorId: teacher.tutorId };
  await told.says(payments.packageBought, packageId, about);
  await told.heard();
  await told.sql(`update payments.packages set status = 'EXPIRED' where id = ?`, [packageId]);
  await told.says(payments.packageExpired, packageId, about);
  const bookingId = await told.booking(student, teacher, subjectId);
  await told.says(payments.packageRefused, packageId, { bookingId, studentId: student.userId });
  await told.heard();
  expect((await told.toldTo(student)).filter((text) => text.startsWith('PACKAGE'))).toEqual([
    'PACKAGE_BOUGHT: 5 lessons are yours: Mathematics',
    'PACKAGE_EXPIRED: Your package with Tanya T. has ended',
    'PACKAGE_REFUSED: Your package does not cover this lesson',
  ]);
  expect(await told.toldTo(teacher)).toEqual(['PACKAGE_BOUGHT: Anna K. bought 5 lessons with you']);
});

it('earnings: the tutor is told of what comes, goes and arrives at the bank, and staff of what waits', async () => {
  const admin = await told.graph.person('ADMIN');
  const transferId = newId();
  await told.sql(
    `insert into payments.transfers (id, tutor_id, status, amount_minor, reversed_minor, currency, cause, requested_by, reason,
       created_at)
     values (?, ?, 'SUCCEEDED', 1675, 1000, 'EUR', ?, ?, 'Thanks', now())`,
    [transferId, tutor.tutorId, `staff:${transferId}`, admin.userId],
  );
  const { tutorId, userId } = tutor;
  await told.says(payments.transferMade, transferId, { tutorId, paymentId: null });
  await told.says(payments.transferReversed, transferId, { tutorId, paymentId: null });
  await told.says(payments.withdrawalRequested, await withdrawal('REQUESTED'), { tutorId, userId });
  for (const [event, status] of [
    [payments.withdrawalApproved, 'PAYING'],
    [payments.withdrawalRejected, 'REJECTED'],
    [payments.withdrawalPaid, 'PAID'],
    [payments.withdrawalFailed, 'FAILED'],
    // By the time that it is heard of it has failed.
    [payments.withdrawalPaid, 'FAILED'],
  ] as const) {
    await told.says(event, await withdrawal(status), { tutorId, userId });
  }
  const ready = { userId, transfersEnabled: true, payoutsEnabled: true };
  await told.says(payments.payoutAccountChanged, tutorId, ready);
  await told.says(payments.premiumActivated, newId(), { tutorId, userId, premiumUntil: '2026-12-24T15:00:00.000Z' });
  await told.says(payments.premiumEnded, newId(), { tutorId, userId });
  await told.heard();
  expect(await told.toldTo(tutor)).toEqual([
    'EARNING_RECEIVED: You earned €16.75',
    'EARNING_REVERSED: €10 was taken from your balance',
    'WITHDRAWAL_APPROVED: €1,000 is on its way to your bank',
    'WITHDRAWAL_REJECTED: Your withdrawal of €1,000 was rejected',
    'WITHDRAWAL_PAID: €1,000 is at your bank',
    'WITHDRAWAL_FAILED: Your bank did not take €1,000',
    'PAYOUT_ACCOUNT_CHANGED: You can be paid now',
    'PREMIUM_ACTIVATED: You are premium until Thursday 24 December',
    'PREMIUM_ENDED: Your premium has ended',
  ]);
  expect(await told.toldTo(admin)).toEqual(['WITHDRAWAL_REQUESTED: Tanya T. wants to withdraw €1,000']);
});
