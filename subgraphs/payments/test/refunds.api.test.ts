import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

const REFUND_FAILS = '4000000000005126';

let till: Till;
let admin: TestPerson;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open();
  admin = await till.graph.person('ADMIN');
});

beforeEach(async () => {
  // Each with a tutor of its own, whose accounts in the ledger begin empty.
  [student, { tutor, subjectId }] = [await till.student(), await till.teacher()];
});

afterAll(() => till?.close());

const paid = (card?: string) => till.paidBooking({ student, tutor, subjectId }, card);
const pending = async () => (await till.balances())[`TUTOR_PENDING:${tutor.tutorId}`] ?? 0;
const refund = (input: object, by = admin) =>
  till.mutate('refundPayment', { reason: 'It was our fault', ...input }, by);

async function refundsOf(paymentId: string): Promise<Record<string, unknown>[]> {
  const statement = 'select * from payments.refunds where payment_id = ? order by created_at';
  return till.sql(statement, [paymentId]);
}

async function atStripe(paymentId: string): Promise<number> {
  const { stripe_charge_id: charge } = await till.payment(paymentId);
  return (await till.stripe.charges.retrieve(String(charge))).amount_refunded;
}

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

describe('a lesson that is called off', () => {
  it('is refunded by its policy, and nobody keeps a part of it', async () => {
    const before = await till.balances();
    const { bookingId, paymentId } = await paid();
    await till.atMarket('cancelBooking', { bookingId }, student);
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({
      ...{ status: 'REFUNDED', refunded_minor: '2500', settle_at: null, settle_reason: null },
    });
    expect(await refundsOf(paymentId)).toMatchObject([{ status: 'SUCCEEDED', reason: 'BOOKING_CANCELLED' }]);
    expect(await atStripe(paymentId)).toBe(2_500);
    const after = await till.balances();
    for (const account of ['COMMISSION', 'TAX', 'REFUNDS_IN_TRANSIT'])
      expect(after[account] ?? 0).toBe(before[account] ?? 0);
    expect(await pending()).toBe(0);
    expect(await till.told(paymentId)).toEqual(['payment.opened', 'payment.succeeded', 'payment.refunded']);
  });
});

describe('refundPayment', () => {
  it('gives a part back, everybody in proportion, and then no more than the rest', async () => {
    const { paymentId } = await paid();
    const whole = await pending();
    const first = await refund({ paymentId, amount: euros(1_000), idempotencyKey: 'part' });
    const again = await refund({ paymentId, amount: euros(1_000), idempotencyKey: 'part' });
    expect(first.payload).toMatchObject({ refund: { status: 'PENDING', reason: 'BY_STAFF', amount: euros(1_000) } });
    expect(again.payload['refund']).toMatchObject({ id: (first.payload['refund'] as { id: string }).id });
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded_minor: '1000' });
    expect(await pending()).toBe(whole * 0.6);
    expect((await refund({ paymentId, amount: euros(1_501) })).refused).toEqual(['MORE_THAN_LEFT']);
    expect((await refund({ paymentId, amount: { amountMinor: 1, currency: 'USD' } })).refused).toEqual([
      'OTHER_CURRENCY',
    ]);
    await refund({ paymentId });
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED' });
    expect((await refund({ paymentId })).refused).toEqual(['NOTHING_LEFT']);
    expect(await atStripe(paymentId)).toBe(2_500);
    expect(await pending()).toBe(0);
  });

  it('is for staff, is in the audit log, and needs money that has arrived', async () => {
    const bookingId = await till.book({ student, tutor, subjectId });
    const { id: paymentId } = await till.checkout(bookingId, student);
    expect((await refund({ paymentId }, student)).codes).toEqual(['FORBIDDEN']);
    expect((await refund({ paymentId })).refused).toEqual(['NOT_PAID']);
    expect((await refund({ paymentId: 'none' })).refused).toEqual(['NOT_FOUND']);
    await till.settle();
    const { paymentId: other } = await paid();
    await refund({ paymentId: other });
    expect(await till.told(other)).toContain('staff-action.performed');
    await till.settle();
  });

  it('happens once though Stripe’s answer is lost, and shows both sides how it stands', async () => {
    const { paymentId } = await paid();
    till.emulator.faults.requests.set([{ method: 'POST', path: '/v1/refunds', kind: 'HANG_UP', times: 3 }]);
    await refund({ paymentId, amount: euros(700) });
    await till.settle();
    expect(await atStripe(paymentId)).toBe(700);
    expect(await refundsOf(paymentId)).toHaveLength(1);
    const query = `query ($id: ID!) { payment(id: $id) { refundedAmount { amountMinor } refunds { status note amount { amountMinor } } } }`;
    const seen = { refundedAmount: { amountMinor: 700 } };
    const one = { status: 'SUCCEEDED', amount: { amountMinor: 700 } };
    expect((await till.run(query, { id: paymentId }, student)).data['payment']).toEqual({
      ...seen,
      refunds: [{ ...one, note: null }],
    });
    expect((await till.run(query, { id: paymentId }, admin)).data['payment']).toEqual({
      ...seen,
      refunds: [{ ...one, note: 'It was our fault' }],
    });
  });
});

describe('a refund', () => {
  it('that somebody makes in Stripe’s dashboard becomes ours', async () => {
    const { paymentId } = await paid();
    const { stripe_charge_id: charge } = await till.payment(paymentId);
    const whole = await pending();
    const made = await till.stripe.refunds.create({ charge: String(charge), amount: 500 });
    await till.settle();
    expect(await refundsOf(paymentId)).toMatchObject([
      {
        status: 'SUCCEEDED',
        amount_minor: '500',
        stripe_refund_id: made.id,
        cause: `stripe:${made.id}`,
        requested_by: null,
      },
    ]);
    expect(await till.payment(paymentId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded_minor: '500' });
    expect(await pending()).toBe(whole * 0.8);
  });

  it('that the bank does not take gives everybody their part again, and tells staff', async () => {
    const { paymentId } = await paid(REFUND_FAILS);
    const [whole, before] = [await pending(), await till.balances()];
    await refund({ paymentId });
    await till.settle();
    // The bank takes an hour.
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 3_600);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000));
    expect(await refundsOf(paymentId)).toMatchObject([{ status: 'FAILED' }]);
    expect(await till.payment(paymentId)).toMatchObject({
      status: 'SUCCEEDED',
      refunded_minor: '0',
      share_refunded_minor: '0',
    });
    expect(await pending()).toBe(whole);
    const after = await till.balances();
    expect(after['PLATFORM_CASH']).toBe(before['PLATFORM_CASH']);
    expect(after['REFUNDS_IN_TRANSIT'] ?? 0).toBe(0);
    expect(await till.told(paymentId)).toContain('payment.refund-failed');
  });

  it('that Stripe refuses leaves all as it was', async () => {
    const { paymentId } = await paid();
    const { stripe_charge_id: charge } = await till.payment(paymentId);
    // We hear of it only after we have asked for one ourselves.
    await till.stripe.refunds.create({ charge: String(charge) });
    await refund({ paymentId });
    await expect.poll(async () => (await refundsOf(paymentId))[0]?.['status']).toBe('FAILED');
    expect(await till.payment(paymentId)).toMatchObject({ status: 'SUCCEEDED', refunded_minor: '0' });
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED', refunded_minor: '2500' });
    expect(await pending()).toBe(0);
  });
});

describe('a package', () => {
  it('is refunded by whole lessons that were not taken', async () => {
    const { packageId, paymentId } = await till.buyPackage(student, { tutor, subjectId });
    const credit = async () =>
      Number(
        (
          await till.sql<{ credit_minor: string }>('select credit_minor from payments.packages where id = ?', [
            packageId,
          ])
        )[0]?.credit_minor,
      );
    const [whole, price] = [await credit(), Math.floor((await credit()) / 5)];
    expect((await refund({ paymentId, amount: euros(price + 1) })).refused).toEqual(['NO_WHOLE_LESSONS']);
    expect((await refund({ paymentId, amount: euros(whole + 1) })).refused).toEqual(['MORE_THAN_LEFT']);
    await refund({ paymentId, amount: euros(price) });
    await till.settle();
    expect(await credit()).toBe(whole - price);
    await refund({ paymentId });
    await till.settle();
    const [row] = await till.sql('select status, refunded_lessons from payments.packages where id = ?', [packageId]);
    expect(row).toEqual({ status: 'REFUNDED', refunded_lessons: 5 });
    expect(await till.payment(paymentId)).toMatchObject({ status: 'REFUNDED' });
    expect((await till.balances())[`STUDENT_CREDIT:${student.userId}`]).toBe(0);
    expect((await refund({ paymentId })).refused).toEqual(['NOTHING_LEFT']);
  });

  it('that is refunded in Stripe’s dashboard, taken lessons too, is at the platform’s expense until it fails', async () => {
    const wish = { tutorId: tutor.tutorId, subjectId, lessons: 5, durationMinutes: 60 };
    const urls = { successUrl: 'http://localhost:5173/paid', cancelUrl: 'http://localhost:5173/cart' };
    const { payload } = await till.mutate('buyPackage', { ...wish, ...urls }, student);
    const { id: paymentId, checkoutUrl } = payload['payment'] as { id: string; checkoutUrl: string };
    const { id: packageId } = payload['package'] as { id: string };
    await till.payOnPage(checkoutUrl, REFUND_FAILS);
    await till.settle();
    for (let lesson = 0; lesson < 4; lesson++) {
      await till.book({ student, tutor, subjectId, packageId });
      await till.settle();
    }
    const statement =
      'select status, credit_minor, amount_minor, used_lessons, refunded_lessons from payments.packages where id = ?';
    const state = async () => (await till.sql<Record<string, string>>(statement, [packageId]))[0];
    const books = async () => {
      const all = await till.balances();
      return { credit: all[`STUDENT_CREDIT:${student.userId}`] ?? 0, given: all['GOODWILL'] ?? 0 };
    };
    const [before, booked] = [await state(), await books()];
    const { credit_minor: credit, amount_minor: amount } = before ?? {};
    const { stripe_charge_id: charge } = await till.payment(paymentId);
    await till.stripe.refunds.create({ charge: String(charge) });
    await till.settle();
    expect(await state()).toMatchObject({ status: 'REFUNDED', credit_minor: '0', refunded_lessons: 1 });
    expect(await books()).toEqual({ credit: 0, given: booked.given + Number(amount) - Number(credit) });
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 3_600);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000));
    expect(await state()).toEqual(before);
    expect(await books()).toEqual(booked);
  });

  it('takes a lesson back that is called off', async () => {
    const { packageId, paymentId: bought } = await till.buyPackage(student, { tutor, subjectId });
    const bookingId = await till.book({ student, tutor, subjectId, packageId });
    await till.settle();
    const [lesson] = await till.sql<{ id: string }>('select id from payments.payments where booking_id = ?', [
      bookingId,
    ]);
    await till.atMarket('cancelBooking', { bookingId }, student);
    await till.settle();
    expect(await till.payment(lesson?.id ?? '')).toMatchObject({ status: 'REFUNDED', share_status: 'NONE' });
    expect(await refundsOf(lesson?.id ?? '')).toEqual([]);
    const [row] = await till.sql('select status, used_lessons from payments.packages where id = ?', [packageId]);
    expect(row).toEqual({ status: 'ACTIVE', used_lessons: 0 });
    expect(await atStripe(bought)).toBe(0);
  });
});
