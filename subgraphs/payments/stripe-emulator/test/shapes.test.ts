import { Stripe } from 'stripe';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';
import { problemsOf } from './sdk-types.js';

/** Where the SDK declares each object. */
const SOURCES: Readonly<Record<string, string>> = {
  account: 'Accounts#Account',
  account_link: 'AccountLinks#AccountLink',
  balance: 'Balance#Balance',
  balance_transaction: 'BalanceTransactions#BalanceTransaction',
  bank_account: 'BankAccounts#BankAccount',
  capability: 'Capabilities#Capability',
  charge: 'Charges#Charge',
  'checkout.session': 'Checkout/Sessions#Session',
  customer: 'Customers#Customer',
  dispute: 'Disputes#Dispute',
  file: 'Files#File',
  invoice: 'Invoices#Invoice',
  invoice_payment: 'InvoicePayments#InvoicePayment',
  item: 'LineItems#LineItem',
  line_item: 'InvoiceLineItems#InvoiceLineItem',
  login_link: 'LoginLinks#LoginLink',
  payment_intent: 'PaymentIntents#PaymentIntent',
  payment_method: 'PaymentMethods#PaymentMethod',
  payout: 'Payouts#Payout',
  plan: 'Plans#Plan',
  price: 'Prices#Price',
  product: 'Products#Product',
  refund: 'Refunds#Refund',
  setup_intent: 'SetupIntents#SetupIntent',
  subscription: 'Subscriptions#Subscription',
  subscription_item: 'SubscriptionItems#SubscriptionItem',
  'test_helpers.test_clock': 'TestHelpers/TestClocks#TestClock',
  transfer: 'Transfers#Transfer',
  transfer_reversal: 'TransferReversals#TransferReversal',
  webhook_endpoint: 'WebhookEndpoints#WebhookEndpoint',
};

let emulator: StripeEmulator;
let stripe: Stripe;
const answers: object[] = [];

beforeAll(async () => {
  emulator = createStripeEmulator();
  const { hostname, port } = new URL(await emulator.listen());
  stripe = new Stripe('sk_test_emulator', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    emitEventBodies: true,
  });
  stripe.on('response', (response: Stripe.ResponseEvent) => {
    // With `emitEventBodies` it is there; the type does not say so.
    const body: unknown = Reflect.get(response, 'body');
    if (typeof body === 'object' && body !== null) answers.push(body);
  });
  await everything();
});

afterAll(() => emulator.close());

async function everything(): Promise<void> {
  const customer = (
    await stripe.customers.create({
      name: 'Ada',
      address: { city: 'Riga' },
      shipping: { name: 'Ada', address: { city: 'Riga' } },
    })
  ).id;
  const common = {
    amount: 5_000,
    currency: 'usd',
    confirm: true,
    return_url: 'https://example.com',
    customer,
  } as const;
  await stripe.setupIntents.create({
    customer,
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'https://example.com',
  });
  await stripe.setupIntents
    .create({ customer, confirm: true, payment_method: 'pm_card_chargeDeclined', return_url: 'https://example.com' })
    .catch(() => {});
  const paid = await stripe.paymentIntents.create({
    ...common,
    payment_method: 'pm_card_bypassPending',
    expand: ['latest_charge.refunds'],
  });
  await stripe.paymentIntents.create({ ...common, payment_method: 'pm_card_authenticationRequired' });
  await stripe.paymentIntents.create({ ...common, payment_method: 'pm_card_chargeDeclined' }).catch(() => {});
  await stripe.paymentIntents.create({
    ...common,
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
    shipping: { name: 'Ada', address: { city: 'Riga' } },
  });
  await stripe.paymentIntents.create({ ...common, payment_method: 'pm_card_createDispute' });
  await stripe.refunds.create({ payment_intent: paid.id, amount: 1_000 });
  await stripe.balance.retrieve();
  await stripe.balanceTransactions.list();
  await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:1/', enabled_events: ['customer.deleted'] });
  const product = (await stripe.products.create({ name: 'Premium' })).id;
  const price = await stripe.prices.create({
    product,
    currency: 'usd',
    unit_amount: 1_500,
    recurring: { interval: 'month' },
  });
  await stripe.prices.retrieve(price.id);
  await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://example.com/?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://example.com/',
    customer,
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 2_000, product_data: { name: 'Lesson' } } },
    ],
    expand: ['line_items'],
  });
  const account = await stripe.accounts.create({
    type: 'express',
    country: 'US',
    capabilities: { transfers: { requested: true } },
  });
  await stripe.accountLinks.create({
    account: account.id,
    type: 'account_onboarding',
    return_url: 'https://example.com',
    refresh_url: 'https://example.com',
  });
  await paidOut(account.id);
  await subscribed(price.id);
  await disputed();
  await stripe.events.list({ limit: 100 });
}

/** A connected account from its onboarding to money that is taken back from it. */
async function paidOut(account: string): Promise<void> {
  const { url } = await stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    return_url: 'https://example.com',
    refresh_url: 'https://example.com',
  });
  const person = { firstName: 'Ada', lastName: 'Lovelace', dateOfBirth: '1985-12-10', terms: 'accepted' };
  const bank = { routingNumber: '110000000', accountNumber: '000123456789' };
  await fetch(url, { method: 'POST', body: new URLSearchParams({ ...person, ...bank }), redirect: 'manual' });
  await stripe.accounts.retrieve(account);
  await stripe.accounts.listCapabilities(account);
  await stripe.accounts.createLoginLink(account);
  const paid = { amount: 50_000, currency: 'usd', confirm: true, return_url: 'https://example.com' };
  await stripe.paymentIntents.create({ ...paid, payment_method: 'pm_card_bypassPending' });
  const transfer = await stripe.transfers.create({ amount: 2_000, currency: 'usd', destination: account });
  await stripe.payouts.create({ amount: 500, currency: 'usd' }, { stripeAccount: account });
  await stripe.transfers.createReversal(transfer.id, { amount: 500 });
  await stripe.transfers.retrieve(transfer.id, { expand: ['destination_payment.balance_transaction'] });
  emulator.advance(60);
  await stripe.payouts.list({}, { stripeAccount: account });
  await stripe.events.list({ limit: 100 }, { stripeAccount: account });
}

/** A subscription on a test clock until its first renewal. */
async function subscribed(price: string): Promise<void> {
  const frozen_time = emulator.engine.clock.now();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time, name: 'Ada' });
  const { id: customer } = await stripe.customers.create({ test_clock: clock.id });
  const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const made = await stripe.subscriptions.create({ customer, default_payment_method: card, items: [{ price }] });
  await stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
  await stripe.subscriptions.update(made.id, { cancel_at_period_end: false });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen_time + 32 * 86_400 });
  await vi.waitFor(async () => {
    expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe('ready');
  });
  await stripe.invoices.list({ subscription: made.id, expand: ['data.payments', 'data.confirmation_secret'] });
  await stripe.subscriptions.cancel(made.id);
}

/** What became of the charge that was made to be disputed. */
async function disputed(): Promise<void> {
  const [dispute] = (await stripe.disputes.list()).data;
  const file = { data: Buffer.from('%PDF-'), name: 'lesson.pdf', type: 'application/pdf' };
  const { id: receipt } = await stripe.files.create({ purpose: 'dispute_evidence', file });
  await stripe.disputes.update(dispute?.id ?? '', { evidence: { receipt, uncategorized_text: 'winning_evidence' } });
  await vi.waitFor(async () => {
    expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('won');
  });
}

/** Such as `ChargeRefundUpdatedEvent` for `charge.refund.updated`. */
function eventName(type: string): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}

/** The object and what is in it, each with the name of its kind. */
function* named(value: unknown): Generator<{ object: string; value: object; source: string }> {
  if (typeof value !== 'object' || value === null) return;
  const object = 'object' in value ? String(value.object) : '';
  if (object === 'event') yield { object, value, source: `Events#${eventName(String(Reflect.get(value, 'type')))}` };
  else if (SOURCES[object] && !('deleted' in value)) yield { object, value, source: SOURCES[object] };
  for (const part of Object.values(value)) yield* named(part);
}

it('answers with objects as the SDK declares them, field by field', () => {
  const seen = new Set<string>();
  const problems = new Set<string>();
  for (const answer of answers) {
    for (const { object, value, source } of named(answer)) {
      seen.add(object);
      for (const problem of problemsOf(value, source)) problems.add(problem.replaceAll(/\[\d+\]/g, '[]'));
    }
  }
  expect([...problems]).toEqual([]);
  expect([...seen].sort()).toEqual([...Object.keys(SOURCES), 'event'].sort());
});

it('finds what is wrong, so that it would find it', () => {
  const price = answers.find((answer) => Reflect.get(answer, 'object') === 'price') ?? {};
  expect(problemsOf(price, 'Prices#Price')).toEqual([]);
  expect(problemsOf({ ...price, id: undefined }, 'Prices#Price')).toEqual(['Price.id is missing']);
  expect(problemsOf({ ...price, currency: 5 }, 'Prices#Price')).toEqual(['Price.currency is 5, not string']);
  expect(problemsOf({ ...price, invented: 5 }, 'Prices#Price')).toEqual(['Price.invented is not known to the SDK']);
  expect(problemsOf({ ...price, type: 'often' }, 'Prices#Price')).toHaveLength(1);
});
