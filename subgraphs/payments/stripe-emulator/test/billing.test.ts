import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';

let emulator: StripeEmulator;
let stripe: Stripe;
let price: string;

const DAY = 86_400;
const HOUR = 3_600;
const START = Date.parse('2027-01-31T10:00:00Z') / 1_000;

beforeAll(async () => {
  emulator = createStripeEmulator();
  const { hostname, port } = new URL(await emulator.listen());
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  const product = await stripe.products.create({ name: 'Premium <tutor>' });
  const recurring = { interval: 'day', interval_count: 30 } as const;
  price = (await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1_900, recurring })).id;
});

afterAll(() => emulator.close());

async function customerWith(card: string, test_clock?: string): Promise<string> {
  const customer = await stripe.customers.create({ email: 'ada@example.com', ...(test_clock && { test_clock }) });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  return customer.id;
}

const newClock = async () => (await stripe.testHelpers.testClocks.create({ frozen_time: START })).id;

async function advance(clock: string, frozen_time: number): Promise<void> {
  expect(await stripe.testHelpers.testClocks.advance(clock, { frozen_time })).toMatchObject({ status: 'advancing' });
  await vi.waitFor(async () => {
    expect(await stripe.testHelpers.testClocks.retrieve(clock)).toMatchObject({ status: 'ready', frozen_time });
  });
}

/** The types of events about a subscription and its invoices, the oldest first. */
function told(subscription: string): string[] {
  return [...emulator.store.rows('event', 'acct_1EmulatorPlatform')]
    .filter(({ data: { object } }) => JSON.stringify(object).includes(`"${subscription}"`))
    .map(({ type }) => type)
    .filter((type) => !type.startsWith('checkout'));
}

const invoicesOf = async (subscription: string) => (await stripe.invoices.list({ subscription })).data;

describe('a subscription', () => {
  it('is active when its first invoice is paid, and is renewed by its clock', async () => {
    const clock = await newClock();
    const customer = await customerWith('pm_card_visa', clock);
    const made = await stripe.subscriptions.create({ customer, items: [{ price }], metadata: { membership: '4' } });
    expect(made).toMatchObject({ status: 'active', created: START, test_clock: clock, metadata: { membership: '4' } });
    expect(made.items.data).toMatchObject([{ current_period_end: START + 30 * DAY, price: { id: price } }]);
    expect(told(made.id)).toEqual([
      'invoice.created',
      'customer.subscription.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
    ]);
    const [first] = await invoicesOf(made.id);
    expect(first).toMatchObject({
      amount_paid: 1_900,
      billing_reason: 'subscription_create',
      status: 'paid',
      number: expect.stringMatching(/-0001$/),
      lines: { data: [{ description: '1 × Premium <tutor>', amount: 1_900 }] },
    });
    const expanded = await stripe.invoices.retrieve(first?.id ?? '', {
      expand: ['payments.data.payment.payment_intent'],
    });
    expect(expanded.payments?.data).toMatchObject([{ status: 'paid', payment: { payment_intent: { amount: 1_900 } } }]);

    await advance(clock, START + 30 * DAY + HOUR - 1);
    expect(await invoicesOf(made.id)).toMatchObject([{ status: 'draft' }, { status: 'paid' }]);
    await advance(clock, START + 90 * DAY + HOUR);
    const invoices = await invoicesOf(made.id);
    expect(invoices.map(({ status, billing_reason }) => `${billing_reason} ${status}`)).toEqual([
      'subscription_cycle paid',
      'subscription_cycle paid',
      'subscription_cycle paid',
      'subscription_create paid',
    ]);
    expect(invoices[0]).toMatchObject({ created: START + 90 * DAY, period_end: START + 120 * DAY });
    expect(await stripe.subscriptions.retrieve(made.id)).toMatchObject({ status: 'active' });
    expect((await stripe.charges.list({ customer })).data).toHaveLength(4);
  });

  it('is past due when a renewal fails, tried again, and active once it is paid with another card', async () => {
    const clock = await newClock();
    const customer = await customerWith('pm_card_visa', clock);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.subscriptions.update(id, { default_payment_method: bad.id });
    await advance(clock, START + 30 * DAY + HOUR);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    const [failed] = await invoicesOf(id);
    const attemptedAt = START + 30 * DAY + HOUR;
    expect(failed).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: attemptedAt + 3 * DAY });
    expect(told(id)).toContain('invoice.payment_failed');
    await advance(clock, attemptedAt + 3 * DAY);
    expect((await invoicesOf(id))[0]).toMatchObject({ attempt_count: 2, next_payment_attempt: attemptedAt + 8 * DAY });

    await expect(stripe.invoices.pay(failed?.id ?? '')).rejects.toMatchObject({ code: 'card_declined' });
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect(await stripe.invoices.pay(failed?.id ?? '', { payment_method: good.id })).toMatchObject({ status: 'paid' });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
    await expect(stripe.invoices.pay(failed?.id ?? '')).rejects.toThrow('already paid');
  });

  it('ends when the last attempt has failed', async () => {
    const clock = await newClock();
    const customer = await customerWith('pm_card_visa', clock);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.subscriptions.update(id, { default_payment_method: bad.id });
    await advance(clock, START + 50 * DAY);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'canceled',
      ended_at: START + 45 * DAY + HOUR,
      cancellation_details: { reason: 'payment_failed' },
    });
    expect((await invoicesOf(id))[0]).toMatchObject({ status: 'open', attempt_count: 4, next_payment_attempt: null });
    expect(told(id).filter((type) => type === 'invoice.payment_failed')).toHaveLength(4);
    expect(told(id).at(-1)).toBe('customer.subscription.deleted');
    expect(await stripe.subscriptions.list({ customer })).toMatchObject({ data: [] });
  });

  it('is canceled at the end of its period, resumed, or canceled at once', async () => {
    const clock = await newClock();
    const customer = await customerWith('pm_card_visa', clock);
    const [kept, ending] = [
      await stripe.subscriptions.create({ customer, items: [{ price }] }),
      await stripe.subscriptions.create({ customer, items: [{ price }] }),
    ];
    for (const { id } of [kept, ending]) {
      expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
        status: 'active',
        cancel_at_period_end: true,
        cancel_at: START + 30 * DAY,
        canceled_at: START,
      });
    }
    expect(await stripe.subscriptions.update(kept.id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
      canceled_at: null,
    });
    await advance(clock, START + 31 * DAY);
    expect(await stripe.subscriptions.retrieve(ending.id)).toMatchObject({
      status: 'canceled',
      ended_at: START + 30 * DAY,
    });
    expect(await invoicesOf(ending.id)).toHaveLength(1);
    expect(await invoicesOf(kept.id)).toHaveLength(2);
    expect(await stripe.subscriptions.cancel(kept.id)).toMatchObject({
      status: 'canceled',
      ended_at: START + 31 * DAY,
    });
    await expect(stripe.subscriptions.cancel(kept.id)).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(stripe.subscriptions.update(kept.id, { cancel_at_period_end: true })).rejects.toThrow('canceled');
    const last = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.customers.del(customer);
    expect(await stripe.subscriptions.retrieve(last.id)).toMatchObject({ status: 'canceled' });
  });

  it('waits for its first payment, by an intent that an app confirms, for 23 hours', async () => {
    const clock = await newClock();
    const { id: customer } = await stripe.customers.create({ test_clock: clock });
    const create = () =>
      stripe.subscriptions.create({
        customer,
        items: [{ price }],
        payment_behavior: 'default_incomplete',
        payment_settings: { save_default_payment_method: 'on_subscription' },
        expand: ['latest_invoice.confirmation_secret'],
      });
    await expect(stripe.subscriptions.create({ customer, items: [{ price }] })).rejects.toMatchObject({
      code: 'resource_missing',
    });
    const [paid, unpaid] = [await create(), await create()];
    expect(paid.status).toBe('incomplete');
    const invoice = paid.latest_invoice as Stripe.Invoice;
    const intent = invoice.confirmation_secret?.client_secret.split('_secret_')[0] ?? '';
    const confirm = (payment_method: string) =>
      stripe.paymentIntents.confirm(intent, { payment_method, return_url: 'https://app.example' });
    await expect(confirm('pm_card_visa_chargeDeclined')).rejects.toMatchObject({ code: 'card_declined' });
    expect(told(paid.id)).toContain('invoice.payment_failed');
    await confirm('pm_card_visa');
    const active = await stripe.subscriptions.retrieve(paid.id, { expand: ['default_payment_method'] });
    expect(active).toMatchObject({ status: 'active', default_payment_method: { customer } });

    await advance(clock, START + 23 * HOUR);
    expect(await stripe.subscriptions.retrieve(unpaid.id)).toMatchObject({ status: 'incomplete_expired' });
    expect(await invoicesOf(unpaid.id)).toMatchObject([{ status: 'void' }]);
    expect(await stripe.subscriptions.retrieve(paid.id)).toMatchObject({ status: 'active' });
  });

  it('is begun on the hosted page, and renewed by the emulator’s clock', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price, quantity: 1 }],
      customer_email: 'grace@example.com',
      subscription_data: { metadata: { membership: '5' } },
      success_url: 'https://app.example/done',
    });
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).toContain('every 30 days');
    expect(page).toContain('Premium &lt;tutor&gt;');
    const pay = (cardNumber: string) =>
      fetch(session.url ?? '', {
        method: 'POST',
        body: new URLSearchParams({ cardNumber, cardExpiry: '12/34', cardCvc: '123', billingName: 'Grace' }),
      });
    expect((await pay('4000000000000002')).status).toBe(402);
    const challenge = await pay('4000002500003155');
    await fetch(challenge.url, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) });
    const complete = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'invoice', 'customer'],
    });
    expect(complete).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: null,
      customer: { email: 'grace@example.com' },
      invoice: { status: 'paid' },
      subscription: { status: 'active', metadata: { membership: '5' } },
    });
    const { id, items } = complete.subscription as Stripe.Subscription;
    emulator.engine.setTime((items.data[0]?.current_period_end ?? 0) + HOUR);
    expect(await invoicesOf(id)).toMatchObject([{ status: 'paid' }, { status: 'paid' }]);
  });

  it('refuses prices that are not recurring together', async () => {
    const customer = await customerWith('pm_card_visa');
    const product = await stripe.products.create({ name: 'x' });
    const price_data = {
      currency: 'usd',
      unit_amount: 500,
      product: product.id,
      recurring: { interval: 'week' },
    } as const;
    const once = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product: product.id });
    await expect(stripe.subscriptions.create({ customer, items: [{ price: once.id }] })).rejects.toThrow('one_time');
    await expect(stripe.subscriptions.create({ customer, items: [{ price }, { price_data }] })).rejects.toThrow(
      'interval',
    );
    await expect(
      stripe.checkout.sessions.create({
        mode: 'payment',
        line_items: [{ price_data, quantity: 1 }],
        success_url: 'https://app.example',
      }),
    ).rejects.toMatchObject({ param: 'line_items' });
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
  });
});
