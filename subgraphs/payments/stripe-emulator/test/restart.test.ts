import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStripeEmulator, type StripeEmulator, type StripeEmulatorOptions } from '../src/emulator.js';
import { WebhookServer } from './webhook-server.js';

let dataDir: string;
const open: StripeEmulator[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stripe-emulator-'));
});

afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

async function start(options: StripeEmulatorOptions = {}) {
  const emulator = createStripeEmulator({ dataDir, ...options });
  open.push(emulator);
  return { emulator, stripe: client(await emulator.listen()) };
}

async function stop(emulator: StripeEmulator): Promise<void> {
  open.splice(open.indexOf(emulator), 1);
  await emulator.close();
}

function client(origin: string): Stripe {
  const { hostname, port } = new URL(origin);
  return new Stripe('sk_test_emulator', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

it('goes on after a restart with objects, their order, the clock and what was to come', async () => {
  const before = await start();
  const names = ['a', 'b', 'c'];
  for (const name of names) await before.stripe.customers.create({ name }, { idempotencyKey: name });
  const [last] = (await before.stripe.customers.list()).data;
  const { id } = await before.stripe.paymentIntents.create({
    amount: 1_000,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    off_session: true,
  });
  await before.stripe.customers.update((await before.stripe.customers.list()).data[2]?.id ?? '', { phone: '1' });
  before.emulator.advance(80_000);
  const moment = before.emulator.engine.clock.now();
  await stop(before.emulator);
  await appendFile(
    join(dataDir, 'stripe', 'journal.jsonl'),
    '[["customer","acct_1EmulatorPlatform","cus_torn",{"id":"cus_t',
  );

  const { emulator, stripe } = await start();
  expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  expect((await stripe.customers.create({ name: 'c' }, { idempotencyKey: 'c' })).id).toBe(last?.id);
  expect(emulator.engine.clock.now() - moment).toBeLessThan(10);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 941 }]);
  emulator.advance(2 * 86_400);
  expect(await stripe.balance.retrieve()).toMatchObject({ available: [{ amount: 941 }], pending: [{ amount: 0 }] });
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
});

it('keeps of a card neither its number nor its code', async () => {
  const { emulator, stripe } = await start();
  const card = { number: '4000056655665556', exp_month: 5, exp_year: 2040, cvc: '739' };
  const method = await stripe.paymentMethods.create({ type: 'card', card }, { idempotencyKey: 'card' });
  expect(method.card).toMatchObject({ brand: 'visa', last4: '5556', exp_month: 5, exp_year: 2040 });
  await stop(emulator);
  const journal = await readFile(join(dataDir, 'stripe', 'journal.jsonl'), 'utf8');
  expect(journal).toContain(method.id);
  expect(journal).not.toContain('4000056655665556');
  expect(journal).not.toContain('739"');
});

it('goes on after a restart with what was half paid, and with what is paid again and again', async () => {
  const before = await start();
  const page = { success_url: 'https://app.example/paid' };
  const data = { currency: 'usd', unit_amount: 2_000, product_data: { name: 'Premium' } };
  const item = (recurring?: { interval: 'month' }) => ({
    quantity: 1,
    price_data: { ...data, ...(recurring && { recurring }) },
  });
  const half = await before.stripe.checkout.sessions.create({ mode: 'payment', line_items: [item()], ...page });
  const begun = await before.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [item({ interval: 'month' })],
    ...page,
  });
  const pay = (url: string | null, cardNumber: string) => {
    const body = { cardNumber, cardExpiry: '12/34', cardCvc: '123', billingName: 'Ada', email: 'ada@example.com' };
    return fetch(url ?? '', { method: 'POST', body: new URLSearchParams(body) });
  };
  const challenge = new URL((await pay(half.url, '4000002760003184')).url);
  await pay(begun.url, '4242424242424242');
  await stop(before.emulator);

  const { emulator, stripe } = await start();
  challenge.port = new URL(emulator.engine.publicUrl).port;
  const passed = await fetch(challenge, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) });
  expect(await passed.text()).toContain(`url=/c/pay/${half.id}`);
  expect(await stripe.checkout.sessions.retrieve(half.id)).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
  });
  const { subscription } = await stripe.checkout.sessions.retrieve(begun.id);
  emulator.advance(33 * 86_400);
  const invoices = await stripe.invoices.list({ subscription: String(subscription) });
  expect(invoices.data.map(({ status }) => status)).toEqual(['paid', 'paid']);
});

it('delivers after a restart what it owed before, to where webhooks go now', async () => {
  const before = await start({ webhooks: [{ url: 'http://127.0.0.1:9/', secret: WebhookServer.secret }] });
  before.emulator.faults.webhooks.set({ paused: true });
  const { id } = await before.stripe.customers.create();
  await stop(before.emulator);
  const endpoint = new WebhookServer(client('http://127.0.0.1:1'));
  await start({ webhooks: [{ url: await endpoint.listen(), secret: WebhookServer.secret }] });
  await vi.waitFor(() => expect(endpoint.received).toMatchObject([{ data: { object: { id } } }]));
  endpoint.close();
});

/** Runs the emulator as it is run alone. */
async function spawnEmulator(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], {
    env: { DATA_DIR: dataDir, STRIPE_EMULATOR_PORT: String(port), LOG_LEVEL: 'error' },
    cwd: dataDir,
    stdio: 'ignore',
  });
  children.push(child);
  const origin = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${origin}/health/ready`)).status).toBe(200), { timeout: 20_000 });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

it('loses nothing that it has answered when it is killed, and does nothing twice', async () => {
  const port = await freePort();
  const stripe = client(`http://127.0.0.1:${port}`);
  const answered = new Map<string, string>();
  const charge = async (key: string) => {
    const { id } = await stripe.paymentIntents.create(
      { amount: 1_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', off_session: true },
      { idempotencyKey: key },
    );
    expect(answered.get(key) ?? id).toBe(id);
    answered.set(key, id);
  };
  const child = await spawnEmulator(port);
  const keys = Array.from({ length: 200 }, (_item, index) => `payment ${index}`);
  const calls = keys.map((key) =>
    charge(key).catch((error: unknown) => {
      if (!(error instanceof Stripe.errors.StripeConnectionError)) throw error;
    }),
  );
  await vi.waitFor(() => expect(answered.size).toBeGreaterThan(50), { timeout: 20_000, interval: 1 });
  child.kill('SIGKILL');
  await Promise.all(calls);
  expect(answered.size).toBeLessThan(200);

  await spawnEmulator(port);
  await Promise.all(keys.map(charge));
  const intents = await stripe.paymentIntents.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  expect(new Set(intents.map(({ id }) => id))).toEqual(new Set(answered.values()));
  const movements = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  expect(movements).toHaveLength(200);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 200 * 941 }]);
});
