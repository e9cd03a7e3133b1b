import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

let till: Till;
let admin: TestPerson;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open({ SHARE_HOLD_HOURS: '24' });
  admin = await till.graph.person('ADMIN');
});

beforeEach(async () => {
  [student, { tutor, subjectId }] = [await till.student(), await till.teacher()];
});

afterAll(() => till?.close());

/** A paid lesson whose time is over. */
async function taught() {
  const lesson = await till.paidBooking({ student, tutor, subjectId });
  await till.sql(
    `update marketplace.bookings set status = 'IN_PROGRESS', started_at = now() - interval '65 minutes',
       starts_at = now() - interval '65 minutes', ends_at = now() - interval '5 minutes' where id = ?`,
    [lesson.bookingId],
  );
  return lesson;
}

/** A paid lesson that took place. */
async function completed() {
  const lesson = await taught();
  await till.atMarket('completeBooking', { bookingId: lesson.bookingId }, student);
  await till.settle();
  return lesson;
}

const makeDue = (paymentId: string) =>
  till.sql(`update payments.payments set settle_at = now() - interval '1 second' where id = ?`, [paymentId]);

/** Runs the job, and lets what follows happen. */
async function runJob(): Promise<void> {
  await till.runJob('payments', 'settle-payments');
  await till.settle();
}

async function balance(kind: string): Promise<number> {
  return (await till.balances())[`${kind}:${tutor.tutorId}`] ?? 0;
}

describe('a lesson that took place', () => {
  it('is settled when the time to hold its share is over, once', async () => {
    const { bookingId, paymentId } = await taught();
    await till.atMarket('completeBooking', { bookingId }, student);
    await till.settle();
    const { settle_at: settleAt } = await till.payment(paymentId);
    const hours = (new Date(String(settleAt)).getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    await runJob();
    expect(await till.payment(paymentId)).toMatchObject({ share_status: 'PENDING' });
    const share = await balance('TUTOR_PENDING');
    await makeDue(paymentId);
    await runJob();
    await runJob();
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'SUCCEEDED',
      share_status: 'RELEASED',
      settle_at: null,
    });
    expect(await balance('TUTOR_PENDING')).toBe(0);
    expect(await balance('TUTOR_AVAILABLE')).toBe(share);
  });

  it('whose tutor was absent after all is paid back, even when it is settled', async () => {
    const { bookingId, paymentId } = await taught();
    await till.atMarket('completeBooking', { bookingId }, tutor);
    await till.settle();
    await makeDue(paymentId);
    await runJob();
    await till.atMarket('reportNoShow', { bookingId }, student);
    await till.settle();
    // The tutor may say otherwise until then.
    expect(await till.payment(paymentId)).toMatchObject({ status: 'SUCCEEDED', settle_refund_percent: 100 });
    await till.atMarket('disputeNoShow', { bookingId, statement: 'I was there' }, tutor);
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ settle_at: null, settle_refund_percent: null });
    await till.atMarket('resolveDispute', { bookingId, outcome: 'NO_SHOW_STANDS' }, admin);
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED', transferred_minor: '0' });
    for (const kind of ['TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_OWES']) expect(await balance(kind)).toBe(0);
  });

  it('that cannot be settled does not keep others waiting', async () => {
    const [broken, good] = [await completed(), await completed()];
    for (const { paymentId } of [broken, good]) await makeDue(paymentId);
    await till.sql(
      `update payments.payments set settle_at = now() - interval '1 day', settle_refund_percent = 100,
         settle_reason = 'NO_SHOW', stripe_charge_id = null where id = ?`,
      [broken.paymentId],
    );
    await runJob();
    expect(await till.payment(broken.paymentId)).toMatchObject({ share_status: 'PENDING', refunded_minor: '0' });
    expect(await till.payment(good.paymentId)).toMatchObject({ share_status: 'RELEASED' });
  });
});

describe('a lesson that did not take place', () => {
  it('gives the student the part of its policy, and the tutor the rest', async () => {
    const { bookingId, paymentId } = await till.paidBooking({ student, tutor, subjectId });
    // Short enough before it begins that a part stays with the tutor.
    await till.sql(
      `update marketplace.bookings set starts_at = now() + interval '7 hours', ends_at = now() + interval '8 hours' where id = ?`,
      [bookingId],
    );
    const share = await balance('TUTOR_PENDING');
    const { payload } = await till.atMarket('cancelBooking', { bookingId }, student);
    const { refundPercent } = (payload['booking'] as { cancellation: { refundPercent: number } }).cancellation;
    expect(refundPercent).toBeGreaterThan(0);
    expect(refundPercent).toBeLessThan(100);
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({
      ...{
        status: 'PARTIALLY_REFUNDED',
        refunded_minor: String((2_500 * refundPercent) / 100),
        share_status: 'RELEASED',
      },
    });
    expect(await balance('TUTOR_PENDING')).toBe(0);
    // Rounded half up, the refund takes the odd cent.
    expect(await balance('TUTOR_AVAILABLE')).toBe(Math.ceil(share * (1 - refundPercent / 100)));
  });

  it('is paid back as a whole when the money came too late', async () => {
    const bookingId = await till.book({ student, tutor, subjectId });
    const { id: paymentId, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl);
    await till.sql(
      `update marketplace.bookings set starts_at = now() - interval '1 hour', ends_at = now() where id = ?`,
      [bookingId],
    );
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED' });
    const [refund] = await till.sql('select reason from payments.refunds where payment_id = ?', [paymentId]);
    expect(refund).toEqual({ reason: 'LATE_PAYMENT' });
  });
});
