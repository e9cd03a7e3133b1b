import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';
import { bookMovement } from '../src/money/balance.js';

let emulator: StripeEmulator;
let origin: string;
let stripe: Stripe;

beforeAll(async () => {
  emulator = createStripeEmulator();
  origin = await emulator.listen();
  const { hostname, port } = new URL(origin);
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterAll(() => emulator.close());

const GOOD = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  dateOfBirth: '1985-12-10',
  routingNumber: '110000000',
  accountNumber: '000123456789',
  terms: 'accepted',
};

function createAccount(): Promise<Stripe.Account> {
  return stripe.accounts.create({
    type: 'express',
    country: 'US',
    email: 'ada@example.com',
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    settings: { payouts: { schedule: { interval: 'manual' } } },
    metadata: { tutor: '7' },
  });
}

async function createLink(account: string): Promise<string> {
  const urls = { return_url: 'https://app.example/back', refresh_url: 'https://app.example/again' };
  return (await stripe.accountLinks.create({ account, type: 'account_onboarding', ...urls })).url;
}

async function send(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

async function onboardedAccount(form: Partial<typeof GOOD> = {}): Promise<string> {
  const { id } = await createAccount();
  expect((await send(await createLink(id), { ...GOOD, ...form })).status).toBe(303);
  return id;
}

function fund(amount: number, currency = 'usd', account?: string): void {
  const movement = { type: 'adjustment', reportingCategory: 'other_adjustment', source: null, description: null };
  emulator.engine.transact((tx) => bookMovement(tx, { ...movement, amount, currency }), account ? { account } : {});
}

async function available(account?: string): Promise<number> {
  const { available: all } = await stripe.balance.retrieve({}, account ? { stripeAccount: account } : {});
  return all.find(({ currency }) => currency === 'usd')?.amount ?? 0;
}

describe('connected accounts', () => {
  it('can do nothing until the onboarding page is sent whole', async () => {
    const made = await createAccount();
    expect(made).toMatchObject({
      type: 'express',
      capabilities: { card_payments: 'inactive', transfers: 'inactive' },
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      default_currency: 'usd',
      metadata: { tutor: '7' },
      settings: { payouts: { schedule: { interval: 'manual' } } },
    });
    expect(made.requirements?.currently_due).toContain('external_account');
    await expect(stripe.accounts.createLoginLink(made.id)).rejects.toMatchObject({ statusCode: 400 });

    const url = await createLink(made.id);
    expect(await (await fetch(url)).text()).toContain('Routing number');
    const wrong = await send(url, { ...GOOD, lastName: '', accountNumber: '000987654321', routingNumber: '123456789' });
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('Enter your last name.');
    expect(page).not.toContain('000987654321');

    const done = await send(url, GOOD);
    expect(done.headers.get('location')).toMatch(/\/done$/);
    const onward = await (await fetch(new URL(done.headers.get('location') ?? '', origin))).text();
    expect(onward).toContain('<meta http-equiv="refresh" content="0;url=https://app.example/back">');

    const onboarded = await stripe.accounts.retrieve(made.id);
    expect(onboarded).toMatchObject({
      capabilities: { card_payments: 'active', transfers: 'active' },
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
    });
    expect(onboarded.requirements).toMatchObject({ currently_due: [], disabled_reason: null });
    expect(onboarded.external_accounts?.data).toMatchObject([{ last4: '6789', default_for_currency: true }]);
    const capability = await stripe.accounts.retrieveCapability(made.id, 'transfers');
    expect(capability).toMatchObject({ status: 'active', requested: true });
    const login = await stripe.accounts.createLoginLink(made.id);
    expect(await (await fetch(login.url)).text()).toContain('$0.00');
    const told = [...emulator.store.rows('event', made.id)].filter(({ type }) => type === 'account.updated');
    expect(told).toMatchObject([{ account: made.id, data: { object: { payouts_enabled: true } } }]);
  });

  it('go by a link only once, and not when it is old', async () => {
    const { id } = await createAccount();
    const url = await createLink(id);
    expect((await send(url, { ...GOOD, terms: '', later: 'yes', lastName: '' })).status).toBe(303);
    const left = await stripe.accounts.retrieve(id);
    expect(left.details_submitted).toBe(false);
    expect(left.requirements?.currently_due).toEqual([
      'individual.last_name',
      'tos_acceptance.date',
      'tos_acceptance.ip',
    ]);
    const again = await fetch(url, { redirect: 'manual' });
    expect([again.status, again.headers.get('location')]).toEqual([303, 'https://app.example/again']);
    expect((await send(url, { ...GOOD, lastName: 'Byron' })).headers.get('location')).toMatch(/\/done$/);
    expect((await stripe.accounts.retrieve(id)).details_submitted).toBe(false);

    const old = await createLink(id);
    emulator.engine.setTime(emulator.engine.clock.now() + 301);
    expect((await fetch(old, { redirect: 'manual' })).headers.get('location')).toBe('https://app.example/again');
    expect((await send(old, GOOD)).status).toBe(410);
    expect((await fetch(`${origin}/connect/alink_unknown`)).status).toBe(404);
  });

  it('wait for a review, are rejected, and are deleted without money only', async () => {
    const id = await onboardedAccount({ dateOfBirth: '1902-01-01' });
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      capabilities: { transfers: 'pending' },
      requirements: { disabled_reason: 'requirements.pending_verification' },
    });
    emulator.engine.setTime(emulator.engine.clock.now() + 3_600);
    expect(await stripe.accounts.retrieve(id)).toMatchObject({ capabilities: { transfers: 'active' } });
    const rejected = await stripe.accounts.reject(id, { reason: 'fraud' });
    expect(rejected).toMatchObject({
      capabilities: { transfers: 'inactive' },
      requirements: { disabled_reason: 'rejected.fraud' },
    });
    fund(5, 'usd', id);
    await expect(stripe.accounts.del(id)).rejects.toMatchObject({ statusCode: 400 });
    fund(-5, 'usd', id);
    expect(await stripe.accounts.del(id)).toEqual({ id, object: 'account', deleted: true });
    await expect(stripe.accounts.retrieve(id)).rejects.toMatchObject({ code: 'account_invalid' });
  });

  it('are onboarded, and looked at again, by the control API', async () => {
    const { id } = await stripe.accounts.create({ country: 'DE', capabilities: { transfers: { requested: true } } });
    const control = async (method: string, path: string, body?: object) => {
      const headers = { authorization: 'Bearer sk_test_emulator', ...(body && { 'content-type': 'application/json' }) };
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      return (await fetch(`${origin}/_emulator/accounts/${id}${path}`, init)).json();
    };
    expect(await control('POST', '/onboard')).toMatchObject({
      capabilities: { transfers: 'active' },
      external_accounts: { data: [{ currency: 'eur', last4: '3000' }] },
    });
    expect(await control('PUT', '', { isInReview: true })).toMatchObject({
      capabilities: { transfers: 'pending' },
      payouts_enabled: false,
    });
    expect(await control('PUT', '', { isInReview: false })).toMatchObject({ payouts_enabled: true });
  });

  it('refuse links to other schemes, and what an Express account cannot have', async () => {
    const { id } = await createAccount();
    const link = { account: id, type: 'account_onboarding', refresh_url: 'https://app.example' } as const;
    for (const return_url of ['javascript:alert(1)', 'ftp://app.example', 'https://', '//app.example', 'nowhere']) {
      await expect(stripe.accountLinks.create({ ...link, return_url })).rejects.toMatchObject({ param: 'return_url' });
    }
    await expect(
      stripe.accountLinks.create({ ...link, return_url: 'https://app.example', type: 'account_update' }),
    ).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.accounts.create({ type: 'express', country: 'XX' })).rejects.toMatchObject({
      code: 'country_unsupported',
    });
  });
});

describe('transfers', () => {
  it('need the capability and the money', async () => {
    const { id: incapable } = await createAccount();
    const transfer = { amount: 1_000, currency: 'usd', destination: incapable };
    await expect(stripe.transfers.create(transfer)).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
    const destination = await onboardedAccount();
    const missing = (await available()) + 1;
    await expect(stripe.transfers.create({ ...transfer, destination, amount: missing })).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    await expect(
      stripe.transfers.create({ ...transfer, destination }, { stripeAccount: destination }),
    ).rejects.toMatchObject({ code: 'platform_account_required' });
    await expect(stripe.transfers.create({ ...transfer, destination: 'acct_none' })).rejects.toMatchObject({
      message: "No such destination: 'acct_none'",
    });
  });

  it('move money and take it back, also what is no longer there', async () => {
    const destination = await onboardedAccount();
    fund(10_000);
    const before = await available();
    const transfer = await stripe.transfers.create({
      amount: 4_000,
      currency: 'usd',
      destination,
      metadata: { booking: '1' },
    });
    expect([await available(), await available(destination)]).toEqual([before - 4_000, 4_000]);
    const [received] = (
      await stripe.balanceTransactions.list(
        { type: 'payment', expand: ['data.source'] },
        { stripeAccount: destination },
      )
    ).data;
    expect(received).toMatchObject({ amount: 4_000, source: { object: 'charge', source_transfer: transfer.id } });

    const payment = await stripe.transfers.retrieve(transfer.id, {
      expand: ['destination_payment.balance_transaction'],
    });
    expect(payment.destination_payment).toMatchObject({ balance_transaction: { id: received?.id, net: 4_000 } });

    await stripe.payouts.create({ amount: 4_000, currency: 'usd' }, { stripeAccount: destination });
    const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 1_500 });
    expect(reversal).toMatchObject({ object: 'transfer_reversal', amount: 1_500, transfer: transfer.id });
    expect([await available(), await available(destination)]).toEqual([before - 2_500, -1_500]);
    await expect(stripe.transfers.createReversal(transfer.id, { amount: 2_501 })).rejects.toMatchObject({
      param: 'amount',
    });
    await stripe.transfers.createReversal(transfer.id);
    const reversed = await stripe.transfers.retrieve(transfer.id, { expand: ['balance_transaction'] });
    expect(reversed).toMatchObject({ amount_reversed: 4_000, reversed: true, balance_transaction: { net: -4_000 } });
    expect(reversed.reversals.data).toHaveLength(2);
    await expect(stripe.transfers.createReversal(transfer.id)).rejects.toMatchObject({ statusCode: 400 });
    const own = await stripe.balanceTransactions.list({ source: reversal.id });
    expect(own.data).toMatchObject([{ type: 'transfer_refund', amount: 1_500 }]);
  });
});

describe('transfers of a charge', () => {
  it('take as much as it brought, while its money is still on the way', async () => {
    const destination = await onboardedAccount();
    const intent = await stripe.paymentIntents.create({
      amount: 6_000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: 'https://app.example',
    });
    const source_transaction = String(intent.latest_charge);
    const transfer = { currency: 'usd', destination, source_transaction };
    await stripe.transfers.create({ ...transfer, amount: 5_000 });
    await expect(stripe.transfers.create({ ...transfer, amount: 1_001 })).rejects.toMatchObject({ param: 'amount' });
    await expect(stripe.transfers.create({ ...transfer, amount: 1_000, currency: 'eur' })).rejects.toMatchObject({
      param: 'source_transaction',
    });
    const before = await stripe.balance.retrieve({}, { stripeAccount: destination });
    expect(before).toMatchObject({ available: [{ amount: 0 }], pending: [{ amount: 5_000 }] });
    const last = await stripe.transfers.create({ ...transfer, amount: 1_000 });
    await stripe.transfers.createReversal(last.id, { amount: 400 });
    await expect(stripe.transfers.create({ ...transfer, amount: 401 })).rejects.toMatchObject({ param: 'amount' });
    await stripe.transfers.create({ ...transfer, amount: 400 });
    emulator.engine.setTime(emulator.engine.clock.now() + 3 * 86_400);
    expect(await available(destination)).toBe(6_000);
  });
});

describe('payouts', () => {
  it('arrive, or come back from a bank that refuses them', async () => {
    const good = await onboardedAccount();
    fund(2_000, 'usd', good);
    const own = { stripeAccount: good };
    await expect(stripe.payouts.create({ amount: 2_001, currency: 'usd' }, own)).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    const payout = await stripe.payouts.create({ amount: 1_200, currency: 'usd', metadata: { withdrawal: '3' } }, own);
    expect([payout.status, await available(good)]).toEqual(['pending', 800]);

    const bad = await onboardedAccount({ accountNumber: '000111111116' });
    fund(900, 'usd', bad);
    const failing = await stripe.payouts.create({ amount: 900, currency: 'usd' }, { stripeAccount: bad });
    const canceled = await stripe.payouts.create({ amount: 300, currency: 'usd' }, own);
    expect(await stripe.payouts.cancel(canceled.id, {}, own)).toMatchObject({ status: 'canceled' });
    emulator.engine.setTime(emulator.engine.clock.now() + 60);

    expect(await stripe.payouts.retrieve(payout.id, {}, own)).toMatchObject({
      status: 'paid',
      metadata: { withdrawal: '3' },
    });
    expect(await stripe.payouts.retrieve(failing.id, {}, { stripeAccount: bad })).toMatchObject({
      status: 'failed',
      failure_code: 'no_account',
    });
    expect([await available(good), await available(bad)]).toEqual([800, 900]);
    const account = await stripe.accounts.retrieve(bad);
    expect(account).toMatchObject({ payouts_enabled: false, requirements: { currently_due: ['external_account'] } });
    await expect(stripe.payouts.create({ amount: 900, currency: 'usd' }, { stripeAccount: bad })).rejects.toMatchObject(
      { code: 'payouts_not_allowed' },
    );
    await stripe.accounts.createExternalAccount(bad, {
      external_account: 'btok_us_verified',
      default_for_currency: true,
    });
    await stripe.payouts.create({ amount: 900, currency: 'usd' }, { stripeAccount: bad });
  });
});

it('has in each balance what its transactions say, whatever happened', () => {
  const accounts = [
    'acct_1EmulatorPlatform',
    ...[...emulator.store.rows('account', 'acct_1EmulatorPlatform')].map(({ id }) => id),
  ];
  let count = 0;
  for (const account of accounts) {
    const net = new Map<string, number>();
    for (const one of emulator.store.rows('balance_transaction', account)) {
      net.set(one.currency, (net.get(one.currency) ?? 0) + one.net);
      count += 1;
    }
    const balances = [...emulator.store.rows('currency_balance', account)];
    expect(new Map(balances.map(({ id, available, pending }) => [id, available + pending]))).toEqual(net);
  }
  expect(count).toBeGreaterThan(15);
});
