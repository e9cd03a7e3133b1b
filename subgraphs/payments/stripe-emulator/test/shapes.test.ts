import { Stripe } from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';
import { problemsOf } from './sdk-types.js';

/** Where the SDK declares each object. */
const SOURCES: Readonly<Record<string, string>> = {
  account: 'Accounts#Account',
  account_link: 'AccountLinks#AccountLink',
  balance: 'Balance#Balance',
  balance_transaction: 'BalanceTransactions#BalanceTransaction',
  bank_account: 'BankAccounts#BankAccount',
  charge: 'Charges#Charge',
  'checkout.session': 'Checkout/Sessions#Session',
  customer: 'Customers#Customer',
  dispute: 'Disputes#Dispute',
  payment_intent: 'PaymentIntents#PaymentIntent',
  payment_method: 'PaymentMethods#PaymentMethod',
  payout: 'Payouts#Payout',
  price: 'Prices#Price',
  product: 'Products#Product',
  refund: 'Refunds#Refund',
  setup_intent: 'SetupIntents#SetupIntent',
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
  stripe.on('response', ({ body }) => {
    if (body && typeof body === 'object') answers.push(body);
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
  await stripe.disputes.list();
  await stripe.events.list({ limit: 100 });
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
  expect(seen.size).toBeGreaterThan(15);
});

it('finds what is wrong, so that it would find it', () => {
  const price = answers.find((answer) => Reflect.get(answer, 'object') === 'price') ?? {};
  expect(problemsOf(price, 'Prices#Price')).toEqual([]);
  expect(problemsOf({ ...price, id: undefined }, 'Prices#Price')).toEqual(['Price.id is missing']);
  expect(problemsOf({ ...price, currency: 5 }, 'Prices#Price')).toEqual(['Price.currency is 5, not string']);
  expect(problemsOf({ ...price, invented: 5 }, 'Prices#Price')).toEqual(['Price.invented is not known to the SDK']);
  expect(problemsOf({ ...price, type: 'often' }, 'Prices#Price')).toHaveLength(1);
});
