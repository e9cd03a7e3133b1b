import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDispute } from '../src/disputes/dispute-life.js';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

let emulator: StripeEmulator;
let stripe: Stripe;

beforeAll(async () => {
  emulator = createStripeEmulator();
  const { hostname, port } = new URL(await emulator.listen());
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterAll(() => emulator.close());

const pay = (paymentMethod: string, change: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    confirm: true,
    payment_method: paymentMethod,
    return_url: 'https://example.com/back',
    metadata: { payment: '7' },
    ...change,
  });

/** What the SDK throws. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('It was not refused', { cause: error });
  return error;
}

describe('payment intents', () => {
  it('take the money, and book it with its fee', async () => {
    const intent = await pay('pm_card_visa', {
      expand: ['latest_charge.balance_transaction', 'payment_method'],
      transfer_group: 'booking-7',
    });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 10_000, payment_method: { type: 'card' } });
    expect(intent.latest_charge).toMatchObject({
      paid: true,
      metadata: { payment: '7' },
      transfer_group: 'booking-7',
      balance_transaction: { type: 'charge', amount: 10_000, fee: 320, net: 9_680, status: 'pending' },
    });
    const { pending } = await stripe.balance.retrieve();
    expect(pending).toMatchObject([{ amount: 9_680, currency: 'usd' }]);
  });

  it('tell why a card was declined, and can be paid with another one', async () => {
    const error = await refusal(pay('pm_card_chargeDeclinedInsufficientFunds'));
    expect(error).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    });
    const id = error.payment_intent?.id ?? '';
    expect(await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', payment_method: { object: 'payment_method' } },
      latest_charge: { status: 'failed', failure_code: 'card_declined', balance_transaction: null },
    });
    const paid = await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_mastercard',
      return_url: 'https://example.com/back',
    });
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
    expect(await refusal(stripe.paymentIntents.confirm(id, { return_url: 'https://example.com' }))).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id },
    });
  });

  it('ask for authentication on session, and are declined off session', async () => {
    const customer = (await stripe.customers.create()).id;
    const asking = await pay('pm_card_authenticationRequired', { customer });
    expect(asking).toMatchObject({
      status: 'requires_action',
      latest_charge: null,
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://example.com/back' } },
    });
    const error = await refusal(pay('pm_card_authenticationRequired', { customer, off_session: true }));
    expect(error).toMatchObject({
      code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  it('save a card for later payments without the customer', async () => {
    const customer = (await stripe.customers.create()).id;
    const { payment_method } = await pay('pm_card_visa', { customer, setup_future_usage: 'off_session' });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toMatchObject([
      { id: payment_method, customer },
    ]);
    const again = await pay(String(payment_method), { customer, off_session: true });
    expect(again.status).toBe('succeeded');
    expect(await refusal(pay(String(payment_method)))).toMatchObject({ statusCode: 400, param: 'payment_method' });
  });

  it('are not paid twice with a card that was not saved', async () => {
    const { payment_method } = await pay('pm_card_visa');
    expect((await refusal(pay(String(payment_method)))).message).toMatch(/was previously used/);
  });

  it('are captured later, or released', async () => {
    const held = await pay('pm_card_visa', { capture_method: 'manual', expand: ['latest_charge'] });
    expect(held).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 10_000,
      latest_charge: { captured: false, balance_transaction: null },
    });
    const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 6_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 6_000, amount_capturable: 0 });
    const charge = await stripe.charges.retrieve(String(captured.latest_charge));
    expect(charge).toMatchObject({ amount_captured: 6_000, amount_refunded: 4_000, refunded: false });
    const disputed = emulator.engine.transact((tx) => openDispute(tx, { charge: charge.id, reason: 'general' }));
    expect(disputed.amount).toBe(6_000);
    const other = await pay('pm_card_visa', { capture_method: 'manual' });
    expect((await stripe.paymentIntents.cancel(other.id)).status).toBe('canceled');
  });

  it('refuse amounts as Stripe does', async () => {
    expect(await refusal(pay('pm_card_visa', { amount: 49 }))).toMatchObject({
      code: 'amount_too_small',
      message: 'Amount must be at least $0.50 usd',
    });
    expect(await refusal(pay('pm_card_visa', { amount: 1.5 }))).toMatchObject({ code: 'parameter_invalid_integer' });
  });
});

describe('refunds', () => {
  it('give back parts, never more than was paid', async () => {
    const { id } = await pay('pm_card_visa');
    const refund = await stripe.refunds.create(
      { payment_intent: id, amount: 4_000, metadata: { refund: '1' } },
      { idempotencyKey: 'refund-1' },
    );
    expect(refund).toMatchObject({ status: 'succeeded', amount: 4_000, payment_intent: id, metadata: { refund: '1' } });
    const movement = await stripe.balanceTransactions.retrieve(String(refund.balance_transaction));
    expect(movement).toMatchObject({ type: 'refund', amount: -4_000, net: -4_000, source: refund.id });
    expect((await refusal(stripe.refunds.create({ payment_intent: id, amount: 7_000 }))).message).toBe(
      'Refund amount ($70.00) is greater than unrefunded amount on charge ($60.00)',
    );
    await stripe.refunds.create({ payment_intent: id });
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    const charge = await stripe.charges.retrieve(String(refund.charge), { expand: ['refunds'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 10_000 });
    expect(charge.refunds?.data.map(({ amount }) => amount)).toEqual([6_000, 4_000]);
    const again = await stripe.refunds.create(
      { payment_intent: id, amount: 4_000, metadata: { refund: '1' } },
      { idempotencyKey: 'refund-1' },
    );
    expect(again.id).toBe(refund.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  });

  it('of some cards fail a while later', async () => {
    const { id } = await pay('pm_card_refundFail');
    const refund = await stripe.refunds.create({ payment_intent: id });
    emulator.engine.setTime(emulator.engine.clock.now() + 3_600);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' });
    expect(await stripe.charges.retrieve(String(refund.charge))).toMatchObject({ refunded: false, amount_refunded: 0 });
  });
});

describe('setup intents', () => {
  it('save a card', async () => {
    const customer = (await stripe.customers.create()).id;
    const intent = await stripe.setupIntents.create({
      customer,
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com',
    });
    expect(intent).toMatchObject({ status: 'succeeded', usage: 'off_session', customer });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });
});

describe('balance', () => {
  it('becomes available with the clock', async () => {
    const before = await stripe.balance.retrieve();
    emulator.engine.setTime(emulator.engine.clock.now() + 4 * 86_400);
    const after = await stripe.balance.retrieve();
    expect(after.pending).toMatchObject([{ amount: 0 }]);
    const sum = (balance: Stripe.Balance) => (balance.available[0]?.amount ?? 0) + (balance.pending[0]?.amount ?? 0);
    expect(sum(after)).toBe(sum(before));
    const movements = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
    expect(movements.every(({ status }) => status === 'available')).toBe(true);
    expect(movements.reduce((total, { net }) => total + net, 0)).toBe(sum(after));
  });
});
