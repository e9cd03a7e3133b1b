import { setTimeout as sleep } from 'node:timers/promises';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStripeEmulator, type StripeEmulator } from '../src/emulator.js';
import { WebhookServer } from './webhook-server.js';

let emulator: StripeEmulator;
let stripe: Stripe;
let endpoint: WebhookServer;

beforeAll(async () => {
  emulator = createStripeEmulator({ webhookRetryDelaysMs: [10, 20] });
  const { hostname, port } = new URL(await emulator.listen());
  stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  endpoint = new WebhookServer(stripe);
  emulator.setWebhooks([{ url: await endpoint.listen(), secret: WebhookServer.secret }]);
});

afterAll(async () => {
  await emulator.close();
  endpoint.close();
});

beforeEach(async () => {
  emulator.faults.webhooks.set({});
  await emulator.flushWebhooks();
  endpoint.takes = () => true;
  endpoint.answersAfterMs = 0;
  endpoint.received.length = 0;
});

const undelivered = async () => (await stripe.events.list({ delivery_success: false })).data;

describe('webhooks', () => {
  it('bring signed events, and count who has not taken them', async () => {
    const customer = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'ada' });
    await stripe.customers.update(customer.id, { name: 'Eve' });
    await emulator.flushWebhooks();
    expect(endpoint.received).toMatchObject([
      { type: 'customer.created', data: { object: { id: customer.id } }, request: { idempotency_key: 'ada' } },
      { type: 'customer.updated', data: { previous_attributes: { name: 'Ada' } }, pending_webhooks: 1 },
    ]);
    const id = endpoint.received[0]?.id ?? '';
    expect(await stripe.events.retrieve(id)).toMatchObject({ type: 'customer.created', pending_webhooks: 0 });
    expect(await undelivered()).toEqual([]);
  });

  it('come again until they are taken, and are given up in the end', async () => {
    endpoint.takes = () => endpoint.received.length > 1;
    await stripe.customers.create();
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(2));
    await vi.waitFor(async () => expect(await undelivered()).toEqual([]));
    endpoint.received.length = 0;
    endpoint.takes = () => false;
    await stripe.customers.create();
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(3));
    await sleep(60);
    expect(endpoint.received).toHaveLength(3);
    expect(new Set(endpoint.received.map(({ id }) => id)).size).toBe(1);
    expect(await undelivered()).toMatchObject([{ type: 'customer.created', pending_webhooks: 1 }]);
  });

  it('can be doubled, dropped and held back', async () => {
    emulator.faults.webhooks.set({ duplicate: 1 });
    await stripe.customers.create();
    await emulator.flushWebhooks();
    expect(endpoint.received.map(({ id }) => id)).toHaveLength(2);
    expect(endpoint.received[0]?.id).toBe(endpoint.received[1]?.id);
    emulator.faults.webhooks.set({ drop: 1 });
    const lost = await stripe.customers.create();
    await emulator.flushWebhooks();
    expect(endpoint.received).toHaveLength(2);
    expect((await undelivered())[0]).toMatchObject({ data: { object: { id: lost.id } } });
    emulator.faults.webhooks.set({ paused: true });
    await stripe.customers.create();
    await sleep(20);
    expect(endpoint.received).toHaveLength(2);
    emulator.faults.webhooks.set({});
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(3));
  });

  it('can arrive in another order', async () => {
    emulator.faults.webhooks.set({ reorder: 0.5, seed: 7 });
    for (let index = 0; index < 10; index += 1) await stripe.customers.create({ metadata: { index } });
    await emulator.flushWebhooks();
    const order = endpoint.received.map(({ data }) => Reflect.get(Reflect.get(data.object, 'metadata'), 'index'));
    expect(order).toHaveLength(10);
    expect(order).not.toEqual([...order].sort());
  });

  it('go to endpoints made over the API, for the types that they name', async () => {
    const other = new WebhookServer(stripe);
    const made = await stripe.webhookEndpoints.create({
      url: await other.listen(),
      enabled_events: ['charge.refunded'],
    });
    expect(made.secret).toMatch(/^whsec_/);
    expect(await stripe.webhookEndpoints.retrieve(made.id)).not.toHaveProperty('secret');
    await stripe.customers.create();
    await emulator.flushWebhooks();
    expect(other.received).toEqual([]);
    expect(await stripe.webhookEndpoints.del(made.id)).toMatchObject({ deleted: true });
    other.close();
  });

  it('of connected accounts go to endpoints for those', async () => {
    const other = new WebhookServer(stripe);
    const made = await stripe.webhookEndpoints.create({
      url: await other.listen(),
      enabled_events: ['customer.created', 'customer.deleted'],
      connect: true,
    });
    other.secret = made.secret ?? '';
    const account = (await stripe.accounts.create({ type: 'express', country: 'US' })).id;
    await stripe.customers.create();
    const { id } = await stripe.customers.create({}, { stripeAccount: account });
    await emulator.flushWebhooks();
    expect(other.received).toMatchObject([{ type: 'customer.created', account, data: { object: { id } } }]);
    expect(endpoint.received.filter(({ type }) => type === 'customer.created')).toHaveLength(2);
    expect((await stripe.events.list({}, { stripeAccount: account })).data).toMatchObject([
      { data: { object: { id } } },
    ]);
    await expect(stripe.customers.retrieve(id)).rejects.toMatchObject({ code: 'resource_missing' });
    await stripe.webhookEndpoints.update(made.id, { disabled: true });
    await stripe.customers.del(id, {}, { stripeAccount: account });
    await emulator.flushWebhooks();
    expect(other.received).toHaveLength(1);
    other.close();
  });

  it('are many at a time', async () => {
    endpoint.answersAfterMs = 50;
    emulator.faults.webhooks.set({ paused: true });
    await Promise.all(Array.from({ length: 60 }, () => stripe.customers.create()));
    await emulator.flushWebhooks();
    expect(endpoint.received).toHaveLength(60);
    expect(endpoint.mostAtOnce).toBeGreaterThanOrEqual(20);
  });
});

describe('events', () => {
  it('are found by type, group and time, and forgotten after thirty days', async () => {
    expect((await stripe.events.list({ type: 'customer.*', limit: 100 })).data.length).toBeGreaterThan(3);
    expect((await stripe.events.list({ types: ['charge.refunded'] })).data).toEqual([]);
    expect((await stripe.events.list({ created: { gt: emulator.engine.clock.now() + 1 } })).data).toEqual([]);
    emulator.advance(31 * 86_400);
    await stripe.customers.create();
    expect((await stripe.events.list()).data).toHaveLength(1);
  });
});
