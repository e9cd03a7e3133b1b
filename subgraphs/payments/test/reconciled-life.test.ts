import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Reconciler } from '../src/reconciliation/reconciler.js';
import { CARDS, type TestTutor, Till } from './till.js';

const DAY = 24 * 60 * 60 * 1_000;
/** Pays, and fails when the money is sent back. */
const REFUND_FAILS = '4000000000005126';

let till: Till;
let student: TestPerson;
let staff: TestPerson;
let teacher: { tutor: TestTutor; subjectId: string };

beforeAll(async () => {
  till = await Till.open({ SHARE_HOLD_HOURS: '0', TAX_PERCENT: '20' });
  [student, staff, teacher] = [await till.student(), await till.graph.person('ADMIN'), await till.teacher(10_000)];
});

afterAll(() => till?.close());

const paid = (card?: string) => till.paidBooking({ student, ...teacher }, card);
const refund = (paymentId: string, amount?: object) =>
  till.mutate('refundPayment', { paymentId, reason: 'It was our fault', ...(amount && { amount }) }, staff);

async function complete(bookingId: string): Promise<void> {
  await till.sql(
    `update marketplace.bookings set status = 'IN_PROGRESS', started_at = now() - interval '65 minutes',
       starts_at = now() - interval '65 minutes', ends_at = now() - interval '5 minutes' where id = ?`,
    [bookingId],
  );
  await till.atMarket('completeBooking', { bookingId }, student);
  await till.settle();
}

/** A bank takes a payment back, and decides. */
async function dispute(paymentId: string, outcome: 'won' | 'lost'): Promise<void> {
  const { stripe_charge_id: charge } = await till.payment(paymentId);
  const { id } = await till.act('/disputes', { charge, reason: 'product_not_received' });
  await till.settle();
  await till.act(`/disputes/${id}/close`, { outcome });
  await till.settle();
}

it('whatever happens to money, the ledger says what Stripe says', async () => {
  await till.onboard(teacher.tutor);
  const taught = await paid();
  await complete(taught.bookingId);
  const [back, half, bounced, won, lost] = [
    await paid(),
    await paid(),
    await paid(REFUND_FAILS),
    await paid(),
    await paid(),
  ];
  await till.atMarket('cancelBooking', { bookingId: back.bookingId }, student);
  await refund(half.paymentId, { amountMinor: 3_333, currency: 'EUR' });
  await refund(bounced.paymentId);
  await refund(taught.paymentId, { amountMinor: 1_000, currency: 'EUR' });
  await till.settle();
  await dispute(won.paymentId, 'won');
  await dispute(lost.paymentId, 'lost');
  const { packageId } = await till.buyPackage(student, teacher);
  await till.book({ student, ...teacher, packageId });
  const gift = { tutorId: teacher.tutor.tutorId, amount: { amountMinor: 700, currency: 'EUR' }, reason: 'Thank you' };
  const premium = { successUrl: 'http://localhost:5173/premium', cancelUrl: 'http://localhost:5173/account' };
  const { payload } = await till.mutate('activatePremium', premium, teacher.tutor);
  await till.payOnPage((payload['membership'] as { checkoutUrl: string }).checkoutUrl, CARDS.good);
  await till.settle();
  till.emulator.engine.setTime(Math.floor((Date.now() + 5 * DAY) / 1_000));
  await till.settle();
  expect((await till.mutate('transferToTutor', gift, staff)).refused).toEqual([]);
  await till.settle();
  const withdrawal = { amount: { amountMinor: 2_000, currency: 'EUR' } };
  expect((await till.mutate('requestWithdrawal', withdrawal, teacher.tutor)).refused).toEqual([]);
  await till.settle();

  const room = till.graph.rooms.get('payments');
  if (!room) throw new Error('The payments room did not start');
  const reconciler = new Reconciler(room.orm.em, till.stripe);
  const span = [new Date(Date.now() - DAY), new Date(Date.now() + 30 * DAY)] as const;
  const { transactions, differences } = await reconciler.compare(...span, new AbortController().signal);
  expect(differences).toEqual([]);
  expect(transactions).toBeGreaterThan(20);
  const kinds = await till.sql<{ kind: string }>('select distinct kind from payments.journals order by kind');
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      ...['DISPUTE_FEE', 'DISPUTE_LOST', 'DISPUTE_OPENED', 'DISPUTE_WON', 'GOODWILL', 'PACKAGE_LESSON', 'PAYMENT'],
      ...['PREMIUM_INVOICE', 'REFUND', 'REFUND_FAILED', 'REFUND_MADE', 'SHARE_RELEASED', 'STRIPE_FEE', 'TRANSFER'],
      ...['TRANSFER_REVERSAL', 'WITHDRAWAL'],
    ]),
  );
});
