import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { createStripeEmulator, type StripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SECRETS = ['whsec_platform', 'whsec_connected'];
const emulator: StripeEmulator = createStripeEmulator();
let graph: TestGraph;
let served: ServedSubgraph;

beforeAll(async () => {
  graph = await startTestGraph(['payments'], testDatabase, {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_API_URL: await emulator.listen(),
    STRIPE_WEBHOOK_SECRET: SECRETS.join(','),
  });
  served = await graph.serve('payments');
});

afterAll(async () => {
  await served?.close();
  await graph?.close();
  await emulator.close();
});

function event(id: string, object: object = { object: 'balance' }): string {
  const fields = { id, object: 'event', type: 'balance.available', created: 1_795_000_000, data: { object } };
  return JSON.stringify(fields);
}

function sign(payload: string, secret = SECRETS[0] ?? '', timestamp?: number): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
}

async function deliver(body: string, signature?: string): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) };
  const { status } = await fetch(new URL('/webhooks/stripe', served.url), { method: 'POST', headers, body });
  return status;
}

async function known(id: string): Promise<unknown[]> {
  const em = graph.rooms.get('payments')?.orm.em.fork();
  return (await em?.execute('select type, account from payments.stripe_events where id = ?', [id])) ?? [];
}

describe('POST /webhooks/stripe', () => {
  it('takes an event that is signed with any of the secrets, and the same one again without effect', async () => {
    const [first, second] = [event('evt_first'), event('evt_second')];
    expect(await deliver(first, sign(first))).toBe(200);
    expect(await deliver(first, sign(first))).toBe(200);
    expect(await deliver(second, sign(second, SECRETS[1]))).toBe(200);
    expect(await known('evt_first')).toEqual([{ type: 'balance.available', account: null }]);
    expect(await known('evt_second')).toHaveLength(1);
  });

  it.each([
    ['has no signature', (_body: string) => undefined],
    ['is signed with another secret', (body: string) => sign(body, 'whsec_somebody')],
    ['was changed after it was signed', (body: string) => sign(`${body} `)],
    ['is older than five minutes', (body: string) => sign(body, SECRETS[0], Math.floor(Date.now() / 1_000) - 301)],
    ['has something else for a signature', (_body: string) => 't=yesterday,v1=none'],
  ])('refuses what %s', async (_what, signatureOf) => {
    const body = event('evt_refused');
    expect(await deliver(body, signatureOf(body))).toBe(400);
    expect(await known('evt_refused')).toEqual([]);
  });

  it('refuses what is signed but no event', async () => {
    for (const body of ['', 'null', '{"id":', '{"object":"event"}']) expect(await deliver(body, sign(body))).toBe(400);
  });

  it('takes in a megabyte at most', async () => {
    const body = event('evt_large', { object: 'balance', filling: 'x'.repeat(1024 * 1024) });
    expect(await deliver(body, sign(body))).toBe(413);
    expect(await known('evt_large')).toEqual([]);
  });
});
