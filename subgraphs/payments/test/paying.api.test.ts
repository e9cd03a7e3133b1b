import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARDS, type TestTutor, Till } from './till.js';

const URLS = {
  successUrl: 'http://localhost:5173/paid?{CHECKOUT_SESSION_ID}',
  cancelUrl: 'http://localhost:5173/cart',
};

let till: Till;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  till = await Till.open({ TAX_PERCENT: '20' });
  ({ tutor, subjectId } = await till.teacher());
});

beforeEach(async () => {
  student = await till.student();
});

afterAll(() => till?.close());

const book = (change: object = {}) => till.book({ student, tutor, subjectId, ...change });
const idOf = ({ payload }: { payload: Record<string, unknown> }) => (payload['payment'] as { id: string }).id;

describe('a lesson that is paid on Stripe’s page', () => {
  it('is confirmed, and its price is shared', async () => {
    const bookingId = await book();
    const before = await till.balances();
    const paymentId = await till.pay(bookingId, student);
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
    const { share_minor: share, tax_minor: tax, ...payment } = await till.payment(paymentId);
    expect(payment).toMatchObject({
      status: 'SUCCEEDED',
      share_status: 'PENDING',
      checkout_url: null,
      expires_at: null,
    });
    expect(await till.told(paymentId)).toEqual(['payment.opened', 'payment.succeeded']);
    const after = await till.balances();
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(moved(`TUTOR_PENDING:${tutor.tutorId}`)).toBe(-Number(share));
    expect(moved('TAX')).toBe(-Number(tax));
    expect(moved('COMMISSION')).toBe(Number(share) + Number(tax) - 2_500);
  });

  it('waits on after an attempt that the bank declined, and says what to do', async () => {
    const bookingId = await book();
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    expect(await till.payOnPage(checkoutUrl, CARDS.insufficient)).toBe(402);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'PENDING', failure_code: 'insufficient_funds' });
    const query = 'query ($id: ID!) { payment(id: $id) { failureMessage receiptUrl } }';
    const { data } = await till.run(query, { id }, student);
    expect(data['payment']).toEqual({
      failureMessage: 'There is not enough money on this card. Pay with another one.',
      receiptUrl: null,
    });
    await till.payOnPage(checkoutUrl);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'SUCCEEDED', failure_code: null });
    expect(await till.told(id)).toEqual(['payment.opened', 'payment.failed', 'payment.succeeded']);
  });

  it('is paid after the bank has asked who pays', async () => {
    const bookingId = await book();
    await till.pay(bookingId, student, CARDS.authenticated);
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
  });

  it('is confirmed for whoever comes back before Stripe’s news', async () => {
    const { id, checkoutUrl } = await till.checkout(await book(), student);
    await till.payOnPage(checkoutUrl);
    const { payload } = await till.mutate('confirmPayment', { paymentId: id }, student);
    expect(payload['payment']).toMatchObject({ id, status: 'SUCCEEDED', checkoutUrl: null });
    await till.settle();
    expect(await till.told(id)).toEqual(['payment.opened', 'payment.succeeded']);
  });

  it('stays paid once when its news come twice, late and in another order', async () => {
    const bookingId = await book();
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl, CARDS.declined);
    await till.payOnPage(checkoutUrl);
    const events = till.undelivered().reverse();
    for (const event of [...events, ...events]) expect(await till.deliver(event)).toBe(200);
    await till.settle();
    expect(await till.told(id)).toEqual(['payment.opened', 'payment.succeeded']);
    const journals = await till.sql('select 1 from payments.journals where kind = ? and cause = ?', ['PAYMENT', id]);
    expect(journals).toHaveLength(1);
  });
});

describe('a lesson that is paid in a form of the client’s own', () => {
  const confirm = (clientSecret: unknown, card = 'pm_card_visa') =>
    till.stripe.paymentIntents.confirm(String(clientSecret).split('_secret')[0] ?? '', {
      payment_method: card,
      return_url: 'http://localhost/back',
    });

  it('is confirmed', async () => {
    const bookingId = await book();
    const { payload } = await till.mutate('createPaymentIntent', { bookingId }, student);
    expect(payload['payment']).toMatchObject({ method: 'INTENT', status: 'PENDING', checkoutUrl: null });
    await confirm(payload['clientSecret']);
    await till.settle();
    expect(await till.bookingStatus(bookingId)).toBe('CONFIRMED');
  });

  it('tells the same secret again until it is paid, and none afterwards', async () => {
    const bookingId = await book();
    const input = { bookingId, idempotencyKey: 'one' };
    const first = await till.mutate('createPaymentIntent', input, student);
    const again = await till.mutate('createPaymentIntent', { bookingId }, student);
    expect(again.payload).toEqual(first.payload);
    await confirm(first.payload['clientSecret']);
    await till.settle();
    const repeated = await till.mutate('createPaymentIntent', input, student);
    expect(repeated.payload).toMatchObject({ payment: { status: 'SUCCEEDED' }, clientSecret: null });
    expect((await till.mutate('createPaymentIntent', { bookingId }, student)).refused).toEqual(['ALREADY_PAID']);
  });

  it('fails with the word of the bank', async () => {
    const { payload } = await till.mutate('createPaymentIntent', { bookingId: await book() }, student);
    await expect(confirm(payload['clientSecret'], 'pm_card_chargeDeclined')).rejects.toThrow(/declined/);
    await till.settle();
    const [row] = await till.sql<{ failure_code: string }>('select * from payments.payments where payer_id = ?', [
      student.userId,
    ]);
    expect(row).toMatchObject({ status: 'PENDING', failure_code: 'card_declined' });
  });
});

describe('one payment at a time', () => {
  it('answers the same page again', async () => {
    const bookingId = await book();
    const first = await till.checkout(bookingId, student);
    expect(await till.checkout(bookingId, student)).toEqual(first);
  });

  it('ends an intent at Stripe before a page is opened, and the other way round', async () => {
    const bookingId = await book();
    const intent = idOf(await till.mutate('createPaymentIntent', { bookingId }, student));
    const page = await till.checkout(bookingId, student);
    const { stripe_intent_id: intentId, status } = await till.payment(intent);
    expect(status).toBe('CANCELLED');
    expect((await till.stripe.paymentIntents.retrieve(String(intentId))).status).toBe('canceled');
    const third = idOf(await till.mutate('createPaymentIntent', { bookingId }, student));
    expect(await till.payment(page.id)).toMatchObject({ status: 'CANCELLED', checkout_url: null });
    expect(await till.payOnPage(page.checkoutUrl)).toBe(303);
    await till.settle();
    expect(await till.payment(third)).toMatchObject({ status: 'PENDING' });
    expect(await till.told(page.id)).toEqual(['payment.opened', 'payment.cancelled']);
    expect(await till.bookingStatus(bookingId)).toBe('PENDING_PAYMENT');
  });

  it('finds that the former one was paid at the last moment', async () => {
    const bookingId = await book();
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    await till.payOnPage(checkoutUrl);
    expect((await till.mutate('createPaymentIntent', { bookingId }, student)).refused).toEqual(['ALREADY_PAID']);
    expect(await till.payment(id)).toMatchObject({ status: 'SUCCEEDED' });
    await till.settle();
  });

  it('begins anew when the price has changed meanwhile', async () => {
    const bookingId = await book();
    const former = await till.checkout(bookingId, student);
    await till.sql('update marketplace.bookings set amount_minor = amount_minor + 1 where id = ?', [bookingId]);
    const page = await till.checkout(bookingId, student);
    expect(page.id).not.toBe(former.id);
    expect(await till.payment(former.id)).toMatchObject({ status: 'CANCELLED' });
    await till.payOnPage(page.checkoutUrl);
    await till.settle();
    expect(await till.payment(page.id)).toMatchObject({ status: 'SUCCEEDED', amount_minor: '2501' });
  });

  it('is done once for a key, and not for two things', async () => {
    const [bookingId, other] = [await book(), await book()];
    const input = { ...URLS, bookingId, idempotencyKey: 'key' };
    const first = await till.mutate('createCheckout', input, student);
    expect(await till.mutate('createCheckout', input, student)).toEqual(first);
    const reused = await till.mutate('createCheckout', { ...input, bookingId: other }, student);
    expect(reused.refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('is ended by its payer, and not when it is paid', async () => {
    const bookingId = await book();
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    const cancelled = await till.mutate('cancelPayment', { paymentId: id }, student);
    expect(cancelled.payload['payment']).toMatchObject({ status: 'CANCELLED', checkoutUrl: null });
    expect((await till.mutate('cancelPayment', { paymentId: id }, student)).refused).toEqual([]);
    const page = await till.checkout(bookingId, student);
    expect(page.checkoutUrl).not.toBe(checkoutUrl);
    await till.payOnPage(page.checkoutUrl);
    expect((await till.mutate('cancelPayment', { paymentId: page.id }, student)).refused).toEqual(['ALREADY_PAID']);
    await till.settle();
  });
});

describe('nobody pays', () => {
  it('for what is somebody else’s, or is not there', async () => {
    const bookingId = await book();
    const other = await till.student();
    const { id } = await till.checkout(bookingId, student);
    for (const wanted of [bookingId, '01900000-0000-7000-8000-000000000000']) {
      expect((await till.mutate('createCheckout', { ...URLS, bookingId: wanted }, other)).refused).toEqual([
        'NOT_FOUND',
      ]);
    }
    for (const field of ['confirmPayment', 'cancelPayment']) {
      expect((await till.mutate(field, { paymentId: id }, other)).refused).toEqual(['NOT_FOUND']);
    }
    const query = 'query ($id: ID!) { payment(id: $id) { id } }';
    expect((await till.run(query, { id }, other)).data).toEqual({ payment: null });
    expect((await till.run(query, { id }, tutor)).data).toEqual({ payment: null });
  });

  it('for a lesson that was called off or is over its time', async () => {
    const [called, late] = [await book(), await book()];
    await till.atMarket('cancelBooking', { bookingId: called, reason: 'Ill' }, student);
    expect((await till.mutate('createCheckout', { ...URLS, bookingId: called }, student)).refused).toEqual([
      'NOT_PAYABLE',
    ]);
    await till.sql(`update marketplace.bookings set expires_at = now() - interval '1 second' where id = ?`, [late]);
    expect((await till.mutate('createPaymentIntent', { bookingId: late }, student)).refused).toEqual([
      'BOOKING_EXPIRED',
    ]);
  });

  it.each([
    ['https://evil.example/paid', URLS.cancelUrl, ['INVALID_RETURN_URL']],
    ['javascript:alert(1)', 'http://localhost.evil.example', ['INVALID_RETURN_URL', 'INVALID_RETURN_URL']],
    ['http://me@localhost/', '/cart', ['INVALID_RETURN_URL', 'INVALID_RETURN_URL']],
  ])('to come back to %s or %s', async (successUrl, cancelUrl, codes) => {
    const { refused } = await till.mutate(
      'createCheckout',
      { bookingId: await book(), successUrl, cancelUrl },
      student,
    );
    expect(refused).toEqual(codes);
  });

  it('less than Stripe takes', async () => {
    const cheap = await till.teacher(10);
    const bookingId = await till.book({ student, ...cheap });
    expect((await till.mutate('createCheckout', { ...URLS, bookingId }, student)).refused).toEqual(['PAYMENT_REFUSED']);
    expect((await till.mutate('createPaymentIntent', { bookingId }, student)).refused).toEqual(['PAYMENT_REFUSED']);
  });

  it('in a currency that Stripe counts otherwise, but in one without minor units', async () => {
    const [icelandic, japanese] = [await till.teacher(5_000, 'ISK'), await till.teacher(3_000, 'JPY')];
    const bookingId = await till.book({ student, ...icelandic });
    expect((await till.mutate('createCheckout', { ...URLS, bookingId }, student)).refused).toEqual([
      'CURRENCY_NOT_SUPPORTED',
    ]);
    const { paymentId } = await till.paidBooking({ student, ...japanese });
    const { stripe_intent_id: intentId } = await till.payment(paymentId);
    expect(await till.stripe.paymentIntents.retrieve(String(intentId))).toMatchObject({
      amount: 3_000,
      currency: 'jpy',
    });
  });
});

it('lists payments of one’s own, and everybody’s for staff', async () => {
  const { bookingId, paymentId } = await till.paidBooking({ student, tutor, subjectId });
  const mine = await till.run(
    '{ myPayments { totalCount edges { node { id booking { id payment { id } } } } } }',
    {},
    student,
  );
  expect(mine.data['myPayments']).toEqual({
    totalCount: 1,
    edges: [{ node: { id: paymentId, booking: { id: bookingId, payment: { id: paymentId } } } }],
  });
  const query = 'query ($filter: PaymentsFilter) { payments(filter: $filter) { edges { node { id } } } }';
  const supervisor = await till.graph.person('SUPERVISOR');
  const { data } = await till.run(query, { filter: { bookingId, status: 'SUCCEEDED' } }, supervisor);
  expect(data['payments']).toEqual({ edges: [{ node: { id: paymentId } }] });
  expect((await till.run(query, {}, student)).codes).toEqual(['FORBIDDEN']);
});
