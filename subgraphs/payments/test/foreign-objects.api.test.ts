import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTutor, Till } from './till.js';

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

const paid = () => till.paidBooking({ student, tutor, subjectId });

/** Another program on the same account of Stripe pays something under a payment's id. */
const payElsewhere = (paymentId: string, amount: number, currency = 'eur') =>
  till.stripe.paymentIntents.create({
    ...{ amount, currency, confirm: true, payment_method: 'pm_card_visa', metadata: { paymentId } },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });

describe('what somebody else makes at Stripe under an id of ours', () => {
  it.each([
    ['less', 50, 'eur'],
    ['as much in another currency', 2_500, 'usd'],
    ['as much', 2_500, 'eur'],
  ])('does not pay a lesson: %s', async (_what, amount, currency) => {
    const bookingId = await till.book({ student, tutor, subjectId });
    const { id, checkoutUrl } = await till.checkout(bookingId, student);
    const foreign = await payElsewhere(id, amount, currency);
    expect(foreign.status).toBe('succeeded');
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'PENDING', stripe_intent_id: null });
    expect(await till.bookingStatus(bookingId)).toBe('PENDING_PAYMENT');
    await till.payOnPage(checkoutUrl);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('does not end a payment, so that its money could arrive for nothing', async () => {
    const bookingId = await till.book({ student, tutor, subjectId });
    const { payload } = await till.mutate('createPaymentIntent', { bookingId }, student);
    const { id } = payload['payment'] as { id: string };
    const { id: intent } = await till.stripe.paymentIntents.create({
      ...{ amount: 2_500, currency: 'eur', metadata: { paymentId: id } },
    });
    await till.stripe.paymentIntents.cancel(intent);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'PENDING' });
    const session = await till.stripe.checkout.sessions.create({
      ...{ mode: 'payment', success_url: 'https://else.example', metadata: { paymentId: id } },
      line_items: [
        { quantity: 1, price_data: { currency: 'eur', unit_amount: 2_500, product_data: { name: 'Else' } } },
      ],
    });
    await till.stripe.checkout.sessions.expire(session.id);
    await till.settle();
    expect(await till.payment(id)).toMatchObject({ status: 'PENDING', stripe_session_id: null });
  });

  it('makes nobody premium', async () => {
    const { tutor: cheap } = await till.teacher();
    const urls = { successUrl: 'http://localhost:5173/premium', cancelUrl: 'http://localhost:5173/account' };
    const { payload } = await till.mutate('activatePremium', urls, cheap);
    const { id: membershipId } = payload['membership'] as { id: string };
    const { id: customer } = await till.stripe.customers.create();
    const { id: card } = await till.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const { id: product } = await till.stripe.products.create({ name: 'Else' });
    const price = { currency: 'eur', unit_amount: 100, product, recurring: { interval: 'day' as const } };
    const items = [{ price_data: price }];
    const subscription = { customer, items, default_payment_method: card, metadata: { membershipId } };
    expect((await till.stripe.subscriptions.create(subscription)).status).toBe('active');
    await till.settle();
    const [row] = await till.sql('select status from payments.premium_memberships where id = ?', [membershipId]);
    expect(row).toEqual({ status: 'INCOMPLETE' });
  });

  it('is a refund of its own, however it is marked', async () => {
    const [first, second] = [await paid(), await paid()];
    const admin = await till.graph.person('ADMIN');
    const input = { paymentId: first.paymentId, amount: { amountMinor: 1_000, currency: 'EUR' }, reason: 'A part' };
    const { payload } = await till.mutate('refundPayment', input, admin);
    const { id: refundId } = payload['refund'] as { id: string };
    const { stripe_charge_id: charge } = await till.payment(second.paymentId);
    await till.stripe.refunds.create({ charge: String(charge), amount: 300, metadata: { refundId } });
    await till.settle();
    expect(await till.payment(first.paymentId)).toMatchObject({ refunded_minor: '1000' });
    expect(await till.payment(second.paymentId)).toMatchObject({ refunded_minor: '300' });
    expect((await till.balances())['REFUNDS_IN_TRANSIT'] ?? 0).toBe(0);
  });
});

it('a charge on a tutor’s account costs the platform nothing', async () => {
  await till.onboard(tutor);
  const [{ account } = { account: '' }] = await till.sql<{ account: string }>(
    'select stripe_account_id as account from payments.payout_accounts where tutor_id = ?',
    [tutor.tutorId],
  );
  const before = await till.balances();
  const direct = { amount: 5_000, currency: 'eur', confirm: true, payment_method: 'pm_card_visa' };
  const methods = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } };
  await till.stripe.paymentIntents.create({ ...direct, ...methods }, { stripeAccount: account });
  await till.settle();
  expect(await till.balances()).toEqual(before);
});

it('staff finds nothing under what is no id', async () => {
  const supervisor = await till.graph.person('SUPERVISOR');
  const query = 'query ($id: ID!) { payments(filter: { payerId: $id }) { edges { node { id } } } }';
  const { data, codes } = await till.run(query, { id: 'nobody' }, supervisor);
  expect({ data, codes }).toEqual({ data: { payments: { edges: [] } }, codes: [] });
});

it('staff does not pay itself back', async () => {
  const { paymentId } = await paid();
  const superior = { ...(await till.graph.person('ADMIN')) };
  await till.sql('update payments.payments set payer_id = ? where id = ?', [superior.userId, paymentId]);
  const { refused } = await till.mutate('refundPayment', { paymentId, reason: 'Me' }, superior);
  expect(refused).toEqual(['NOT_YOURSELF']);
  expect(await till.payment(paymentId)).toMatchObject({ refunded_minor: '0' });
});
