import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARDS, inHours, type TestTutor, Till } from './till.js';

const URLS = { successUrl: 'http://localhost:5173/paid', cancelUrl: 'http://localhost:5173/cart' };

let till: Till;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open();
  ({ tutor, subjectId } = await till.teacher());
});

beforeEach(async () => {
  student = await till.student();
});

afterAll(() => till?.close());

const book = (change: object = {}) => till.book({ student, tutor, subjectId, ...change });

/** Moves the time to pay of a booking into the past, and lets marketplace's clock do the rest. */
async function runOut(bookingId: string): Promise<void> {
  await till.sql(`update marketplace.bookings set expires_at = now() - interval '1 second' where id = ?`, [bookingId]);
  await till.runJob('marketplace', 'sweep-bookings');
}

describe('a payment whose lesson does not wait any longer', () => {
  it('is ended at Stripe when its time is over, or the lesson is called off', async () => {
    const [late, called] = [await book(), await book()];
    const pages = [await till.checkout(late, student), await till.checkout(called, student)];
    await runOut(late);
    await till.atMarket('cancelBooking', { bookingId: called, reason: 'Ill' }, student);
    await till.settle();
    for (const { id, checkoutUrl } of pages) {
      expect(await till.payment(id)).toMatchObject({ status: 'CANCELLED' });
      await till.payOnPage(checkoutUrl);
      await till.settle();
      expect(await till.payment(id)).toMatchObject({ status: 'CANCELLED', paid_at: null });
    }
  });

  it('is taken when the money came first: marketplace decides what becomes of it', async () => {
    const startsAt = inHours(2_000);
    const bookingId = await book({ startsAt });
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl);
    const events = till.undelivered();
    for (const event of events) till.lose(event);
    await runOut(bookingId);
    // The end comes too late, and brings the news itself.
    await till.settle();
    expect(await till.told(id)).toEqual(['payment.opened', 'payment.succeeded']);
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
  });

  it('is ended when staff says that it was paid otherwise', async () => {
    const bookingId = await book();
    const { id } = await till.checkout(bookingId, student);
    const admin = await till.graph.person('ADMIN');
    await till.atMarket('markBookingPaid', { bookingId, reason: 'In cash' }, admin);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('is found by the sweep when no news of it came', async () => {
    const [paid, given] = [await book(), await book()];
    const pages = [await till.checkout(paid, student), await till.checkout(given, student)];
    await till.payOnPage(pages[0]?.checkoutUrl ?? '');
    for (const event of till.undelivered()) till.lose(event);
    const ids = pages.map(({ id }) => id);
    await till.sql(`update payments.payments set expires_at = now() - interval '1 minute' where payer_id = ?`, [
      student.userId,
    ]);
    await till.runJob('payments', 'sweep-payments');
    await till.settle();
    expect(await till.payment(ids[0] ?? '')).toMatchObject({ status: 'SUCCEEDED' });
    // Its lesson still waits.
    expect(await till.payment(ids[1] ?? '')).toMatchObject({ status: 'PENDING' });
    await till.sql(`update marketplace.bookings set status = 'EXPIRED', expires_at = null where id = ?`, [given]);
    await till.runJob('payments', 'sweep-payments');
    await till.settle();
    expect(await till.payment(ids[1] ?? '')).toMatchObject({ status: 'CANCELLED' });
  });
});

it('a Stripe that does not answer costs nothing: the same request goes on later', async () => {
  const input = { ...URLS, bookingId: await book(), idempotencyKey: 'again' };
  till.emulator.faults.requests.set([
    { method: 'POST', path: '/v1/checkout/sessions', kind: 'FAIL_AFTER_COMMIT', times: 8 },
  ]);
  const failed = await till.mutate('createCheckout', input, student);
  till.emulator.faults.requests.set([]);
  expect(failed.codes).toEqual(['SERVICE_UNAVAILABLE']);
  await till.settle();
  const { payload } = await till.mutate('createCheckout', input, student);
  const { id, checkoutUrl } = payload['payment'] as { id: string; checkoutUrl: string };
  const sessions = await till.stripe.checkout.sessions.list({ limit: 100 });
  expect(sessions.data.filter(({ metadata }) => metadata?.['paymentId'] === id).map(({ url }) => url)).toEqual([
    checkoutUrl,
  ]);
});

describe('a bank that takes its time', () => {
  /** Lets the intent of a page stand otherwise, as a bank debit does that is on its way. */
  async function onItsWay(id: string): Promise<string> {
    const { stripe_session_id: sessionId, stripe_intent_id: intentId } = await till.payment(id);
    till.emulator.engine.transact((tx) => {
      tx.update('payment_intent', String(intentId), { status: 'processing', last_payment_error: null });
      tx.update('checkout.session', String(sessionId), { status: 'complete', url: null });
    });
    return String(intentId);
  }

  async function processing() {
    const bookingId = await book();
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl, CARDS.declined);
    await till.settle();
    const intentId = await onItsWay(id);
    await till.mutate('confirmPayment', { paymentId: id }, student);
    return { bookingId, id, intentId };
  }

  it('keeps others from paying meanwhile', async () => {
    const { bookingId, id } = await processing();
    expect(await till.payment(id)).toMatchObject({ status: 'PROCESSING', checkout_url: null });
    expect((await till.mutate('createCheckout', { ...URLS, bookingId }, student)).refused).toEqual(['PROCESSING']);
    expect((await till.mutate('cancelPayment', { paymentId: id }, student)).refused).toEqual(['PROCESSING']);
    expect(await till.told(id)).toEqual(['payment.opened', 'payment.failed', 'payment.processing']);
  });

  it('and says no in the end: then it may be paid anew', async () => {
    const { bookingId, id, intentId } = await processing();
    till.emulator.engine.transact((tx) => {
      tx.update('payment_intent', intentId, { status: 'requires_payment_method' });
    });
    await till.mutate('confirmPayment', { paymentId: id }, student);
    expect(await till.payment(id)).toMatchObject({ status: 'CANCELLED' });
    await till.pay(bookingId, student);
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
  });
});

describe.skipIf(!isRealPostgres())('many who pay for one lesson at once', () => {
  it('get one page', async () => {
    const bookingId = await book();
    const pages = await Promise.all(Array.from({ length: 8 }, () => till.checkout(bookingId, student)));
    expect(new Set(pages.map(({ id, checkoutUrl }) => `${id} ${checkoutUrl}`)).size).toBe(1);
    const customers = await till.stripe.customers.list({ limit: 100 });
    expect(customers.data.filter(({ metadata }) => metadata['userId'] === student.userId)).toHaveLength(1);
  });

  it('in two ways have one payment that can be made, and pay once', async () => {
    const bookingId = await book();
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        index % 2 === 0
          ? till.mutate('createCheckout', { ...URLS, bookingId }, student)
          : till.mutate('createPaymentIntent', { bookingId }, student),
      ),
    );
    const open = await till.sql(`select 1 from payments.payments where booking_id = ? and status = 'PENDING'`, [
      bookingId,
    ]);
    expect(open.length).toBeLessThanOrEqual(1);
    await till.pay(bookingId, student);
    const payments = await till.sql<{ id: string }>('select id from payments.payments where booking_id = ?', [
      bookingId,
    ]);
    const ids = payments.map(({ id }) => id);
    const isOurs = ({ metadata }: { metadata: Record<string, string> | null }) =>
      ids.includes(metadata?.['paymentId'] ?? '');
    const sessions = await till.stripe.checkout.sessions.list({ limit: 100 });
    expect(sessions.data.filter(isOurs).filter(({ status }) => status === 'open')).toEqual([]);
    const intents = (await till.stripe.paymentIntents.list({ limit: 100 })).data.filter(isOurs);
    const standing = intents.map(({ status }) => status).filter((status) => status !== 'canceled');
    expect(standing).toEqual(['succeeded']);
  });

  it('take a package’s last lesson once', async () => {
    const { packageId } = await till.buyPackage(student, { tutor, subjectId });
    const bookings = await Promise.all(Array.from({ length: 7 }, () => book({ packageId })));
    await till.settle();
    const [row] = await till.sql('select status, used_lessons, credit_minor from payments.packages where id = ?', [
      packageId,
    ]);
    expect(row).toEqual({ status: 'USED', used_lessons: 5, credit_minor: '0' });
    const statuses = await Promise.all(bookings.map((id) => till.bookingStatus(id)));
    expect(statuses.filter((status) => status === 'CONFIRMED')).toHaveLength(5);
  });
});
