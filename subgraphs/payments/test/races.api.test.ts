import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, type TestTutor, Till } from './till.js';

const URLS = { successUrl: 'http://localhost:5173/paid', cancelUrl: 'http://localhost:5173/cart' };

/** On an embedded database transactions come one after another. */
describe.runIf(isRealPostgres())('at once (runs when DATABASE_URL is set)', () => {
  let till: Till;
  let admin: TestPerson;
  let tutor: TestTutor;
  let subjectId: string;
  let student: TestPerson;

  beforeAll(async () => {
    till = await Till.open({ SHARE_HOLD_HOURS: '0' });
    admin = await till.graph.person('ADMIN');
  });

  beforeEach(async () => {
    [student, { tutor, subjectId }] = [await till.student(), await till.teacher(10_000)];
  });

  // Whoever was first: the ledger holds what Stripe does, nothing is on its way, and nobody has less than nothing.
  afterEach(async () => {
    await till.settle();
    const { available, pending } = await till.stripe.balance.retrieve();
    const balances = await till.balances();
    expect(balances['PLATFORM_CASH'] ?? 0).toBe(
      [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0),
    );
    expect(balances['REFUNDS_IN_TRANSIT'] ?? 0).toBe(0);
    const owed = ['TUTOR_PENDING', 'TUTOR_AVAILABLE', 'TUTOR_FROZEN'].map(
      (kind) => balances[`${kind}:${tutor.tutorId}`] ?? 0,
    );
    expect(Math.max(...owed)).toBeLessThanOrEqual(0);
  });

  afterAll(() => till?.close());

  const book = (change: object = {}) => till.book({ student, tutor, subjectId, ...change });
  const paid = () => till.paidBooking({ student, tutor, subjectId });
  const page = (bookingId: string) => till.mutate('createCheckout', { bookingId, ...URLS }, student);
  const form = (bookingId: string) => till.mutate('createPaymentIntent', { bookingId }, student);
  const refund = (paymentId: string, amountMinor?: number) =>
    till.mutate(
      'refundPayment',
      { paymentId, reason: 'Ours', ...(amountMinor && { amount: { amountMinor, currency: 'EUR' } }) },
      admin,
    );
  const failures = (outcomes: Outcome[]) => outcomes.flatMap(({ codes }) => codes);
  const paymentsOf = (bookingId: string) =>
    till.sql<Record<string, string>>('select * from payments.payments where booking_id = ? order by created_at', [
      bookingId,
    ]);

  async function complete(bookingId: string): Promise<void> {
    await till.sql(
      `update marketplace.bookings set status = 'IN_PROGRESS', started_at = now() - interval '65 minutes',
         starts_at = now() - interval '65 minutes', ends_at = now() - interval '5 minutes' where id = ?`,
      [bookingId],
    );
    await till.atMarket('completeBooking', { bookingId }, student);
  }

  it('many pages and forms for one lesson leave one that can be paid', async () => {
    const bookingId = await book();
    const outcomes = await Promise.all([...Array(3)].flatMap(() => [page(bookingId), form(bookingId)]));
    expect(failures(outcomes)).toEqual([]);
    await till.settle();
    const payments = await paymentsOf(bookingId);
    const open = payments.filter(({ status }) => status !== 'CANCELLED');
    expect(open).toHaveLength(1);
    for (const { stripe_session_id: session, stripe_intent_id: intent, status } of payments) {
      const state = session
        ? (await till.stripe.checkout.sessions.retrieve(session)).status
        : (await till.stripe.paymentIntents.retrieve(intent ?? '')).status;
      expect(state === 'expired' || state === 'canceled').toBe(status === 'CANCELLED');
    }
  });

  it('a form that is opened while the page is paid never lets a lesson be paid twice', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const bookingId = await book();
      const { checkoutUrl } = await till.checkout(bookingId, student);
      const [, second, third] = await Promise.all([till.payOnPage(checkoutUrl), form(bookingId), page(bookingId)]);
      expect(failures([second, third])).toEqual([]);
      await till.settle();
      const paidOnes = (await paymentsOf(bookingId)).filter(({ paid_at: at }) => at);
      const charged = paidOnes.map(({ status }) => status);
      expect(charged.length).toBeLessThanOrEqual(1);
      expect(await till.bookingStatus(bookingId)).toBe(charged.length === 1 ? 'CONFIRMED' : 'PENDING_PAYMENT');
    }
  });

  it('a lesson whose time runs out while it is paid takes place, or its money goes back', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const bookingId = await book();
      const { id, checkoutUrl } = await till.checkout(bookingId, student);
      await till.sql(`update marketplace.bookings set expires_at = now() where id = ?`, [bookingId]);
      const news = async () => {
        for (const event of till.undelivered()) await till.deliver(event);
      };
      await Promise.all([till.payOnPage(checkoutUrl).then(news), till.runJob('marketplace', 'sweep-bookings')]);
      await till.settle();
      const { status } = await till.payment(id);
      const ends = { CONFIRMED: ['SUCCEEDED'], EXPIRED: ['REFUNDED', 'CANCELLED'] };
      const booking = await till.bookingStatus(bookingId);
      expect(ends[booking as keyof typeof ends]).toContain(status);
    }
  });

  it('lessons of a package are taken as often as there are some', async () => {
    const { packageId, paymentId } = await till.buyPackage(student, { tutor, subjectId });
    const lessons = await Promise.all([...Array(7)].map(() => book({ packageId })));
    const refunded = refund(paymentId);
    await till.settle();
    expect(failures([await refunded])).toEqual([]);
    await till.settle();
    const taken = (await Promise.all(lessons.map(paymentsOf))).flat();
    const [row] = await till.sql<Record<string, number | string>>('select * from payments.packages where id = ?', [
      packageId,
    ]);
    expect(Number(row?.['used_lessons'])).toBe(taken.length);
    expect(taken.length + Number(row?.['refunded_lessons'])).toBe(5);
    expect(Number(row?.['credit_minor'])).toBe(0);
    expect((await till.balances())[`STUDENT_CREDIT:${student.userId}`]).toBe(0);
  });

  it('refunds by staff and by a cancellation give back all, and no more', { repeats: 10 }, async () => {
    const { bookingId, paymentId } = await paid();
    const outcomes = await Promise.all([
      refund(paymentId, 3_000),
      refund(paymentId, 3_333),
      till.atMarket('cancelBooking', { bookingId }, student),
      refund(paymentId),
      refund(paymentId, 9_999),
    ]);
    expect(failures(outcomes)).toEqual([]);
    await till.settle();
    const payment = await till.payment(paymentId);
    expect(payment).toMatchObject({ status: 'REFUNDED', refunded_minor: '10000' });
    expect(payment['share_refunded_minor']).toBe(payment['share_minor']);
    expect((await till.stripe.charges.retrieve(String(payment['stripe_charge_id']))).amount_refunded).toBe(10_000);
  });

  it('a share that is due while refunds and a dispute come is paid once, and what is not the tutor’s comes back', async () => {
    await till.onboard(tutor);
    for (const outcome of ['won', 'lost'] as const) {
      const { bookingId, paymentId } = await paid();
      const { stripe_charge_id: charge } = await till.payment(paymentId);
      const news = async () => {
        const { id } = await till.act('/disputes', { charge, reason: 'fraudulent' });
        for (const event of till.undelivered()) await till.deliver(event);
        return String(id);
      };
      const [, dispute] = await Promise.all([
        complete(bookingId).then(() => till.settle()),
        news(),
        refund(paymentId, 2_500),
        refund(paymentId, 1_111),
      ]);
      await till.settle();
      await Promise.all([till.act(`/disputes/${dispute}/close`, { outcome }), refund(paymentId, 1_000)]);
      await till.settle();
      await till.runJob('payments', 'settle-payments');
      await till.settle();
      const payment = await till.payment(paymentId);
      const kept = Number(payment['share_minor']) - Number(payment['share_refunded_minor']);
      expect(payment).toMatchObject({ frozen_at: null, share_status: 'RELEASED', transferred_minor: String(kept) });
      if (outcome === 'lost') expect(kept).toBe(0);
    }
    const { stripe_account_id: stripeAccount } = (
      await till.sql<Record<string, string>>('select * from payments.payout_accounts where tutor_id = ?', [
        tutor.tutorId,
      ])
    )[0] ?? { stripe_account_id: '' };
    const { available, pending } = await till.stripe.balance.retrieve({}, { stripeAccount: stripeAccount ?? '' });
    const held = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
    expect((await till.balances())[`CONNECTED_CASH:${tutor.tutorId}`] ?? 0).toBe(held);
  });

  it('refunds while a share is being transferred take back what is theirs', async () => {
    await till.onboard(tutor);
    const { bookingId, paymentId } = await paid();
    await complete(bookingId);
    await Promise.all([
      till.settle(),
      ...[1_000, 2_000, 3_000, 1_234].map((minor) => refund(paymentId, minor)),
      till.runJob('payments', 'transfer-waiting-shares'),
    ]);
    await till.settle();
    const payment = await till.payment(paymentId);
    const kept = Number(payment['share_minor']) - Number(payment['share_refunded_minor']);
    expect(payment).toMatchObject({ refunded_minor: '7234', transferred_minor: String(kept) });
    expect((await till.balances())[`CONNECTED_CASH:${tutor.tutorId}`]).toBe(kept);
  });

  it('a share whose tutor cannot be paid any more, and refunds of it, wait for nothing but the tutor', async () => {
    await till.onboard(tutor);
    const [{ account } = { account: '' }] = await till.sql<{ account: string }>(
      'select stripe_account_id as account from payments.payout_accounts where tutor_id = ?',
      [tutor.tutorId],
    );
    const { bookingId, paymentId } = await paid();
    // We hear of it only when Stripe has refused the transfer.
    await till.stripe.accounts.updateCapability(account, 'transfers', { requested: false });
    await Promise.all([complete(bookingId), refund(paymentId, 1_000), refund(paymentId, 2_000)]);
    await expect.poll(async () => (await till.payment(paymentId))['share_status']).toBe('RELEASED');
    await Promise.all([till.settle(), refund(paymentId, 3_000)]);
    await till.settle();
    const payment = await till.payment(paymentId);
    const kept = Number(payment['share_minor']) - Number(payment['share_refunded_minor']);
    const statement = 'select status, amount_minor::int as amount from payments.transfers where payment_id = ?';
    expect(payment).toMatchObject({ refunded_minor: '6000', transferred_minor: '0' });
    expect(await till.sql(statement, [paymentId])).toEqual([{ status: 'WAITING', amount: kept }]);
    await till.stripe.accounts.updateCapability(account, 'transfers', { requested: true });
    await till.settle();
    await till.runJob('payments', 'transfer-waiting-shares');
    await till.settle();
    expect(await till.payment(paymentId)).toMatchObject({ transferred_minor: String(kept) });
    expect((await till.balances())[`CONNECTED_CASH:${tutor.tutorId}`]).toBe(kept);
  });

  it('a withdrawal is approved, rejected or taken back, and only one of them', async () => {
    ({ tutor, subjectId } = await till.teacher(100_000));
    await till.onboard(tutor);
    const { bookingId, paymentId } = await paid();
    await complete(bookingId);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000) + 5 * 86_400);
    await till.settle();
    const amount = { amountMinor: 60_000, currency: 'EUR' };
    const { payload } = await till.mutate('requestWithdrawal', { amount }, tutor);
    const { id: withdrawalId } = payload['withdrawal'] as { id: string };
    const decisions = await Promise.all([
      till.mutate('approveWithdrawal', { withdrawalId }, admin),
      till.mutate('cancelWithdrawal', { withdrawalId }, tutor),
      till.mutate('approveWithdrawal', { withdrawalId }, admin),
      till.mutate('rejectWithdrawal', { withdrawalId, reason: 'No' }, admin),
      refund(paymentId),
    ]);
    await till.settle();
    till.emulator.engine.setTime(Math.floor(Date.now() / 1_000));
    expect(failures(decisions)).toEqual([]);
    const [, ...others] = decisions.slice(0, 4).filter(({ refused }) => refused.length === 0);
    expect(others).toEqual([]);
    const [row] = await till.sql<{ status: string }>('select status from payments.withdrawals where id = ?', [
      withdrawalId,
    ]);
    // What has left is owed.
    const owes = (await till.balances())[`TUTOR_OWES:${tutor.tutorId}`] ?? 0;
    expect(owes > 0).toBe(row?.status === 'PAYING' || row?.status === 'PAID');
  });
});
