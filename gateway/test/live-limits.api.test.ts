import { newId } from '@tutorgraph/kit/database/id';
import type { Client } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, Live, type LiveOptions, until } from './world/client.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const CHANGED = 'subscription ($id: ID!) { orderChanged(orderId: $id) { cursor } }';
const verify = (token: string) => verifier.verify(token);

let running: RunningWorld;
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await running.close();
});

async function start(options: WorldOptions): Promise<void> {
  running = await startWorld({ verify, ...options });
}

function client(options: LiveOptions = {}): Client {
  const made = connect(running.url, options);
  clients.push(made);
  return made;
}

/** Somebody's token; each call begins another session. */
const tokenOf = (userId: string) => signToken({ sessionId: newId(), userId });

async function listen(options: LiveOptions = {}): Promise<Live> {
  const live = new Live(client(options), CHANGED, { id: '1' });
  await live.next();
  return live;
}

/** How a connection is closed that is one too many. */
async function refused(options: LiveOptions = {}): Promise<{ code: number; reason: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  const live = new Live(client({ ...options, onClosed: resolve }), CHANGED, { id: '1' });
  live.next().catch(() => {});
  return promise;
}

async function subscribeByHttp(authorization?: string) {
  const response = await fetch(running.url, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
    body: JSON.stringify({ query: CHANGED, variables: { id: '1' } }),
  });
  return { status: response.status, text: () => response.text(), end: () => response.body?.cancel() };
}

describe('live connections', () => {
  test('of one person are limited, over all sessions and transports, and one that closes makes room', async () => {
    await start({ limits: { connectionsPerViewer: 2 } });
    const userId = newId();
    const first = await listen({ authorization: await tokenOf(userId) });
    const stream = await subscribeByHttp(await tokenOf(userId));
    expect(stream.status).toBe(200);
    const closing = await refused({ authorization: await tokenOf(userId) });
    expect(closing).toMatchObject({ code: 4429, reason: expect.stringContaining('At most 2 live connections') });
    const other = await subscribeByHttp(await tokenOf(userId));
    expect(other.status).toBe(429);
    expect(await other.text()).toContain('TOO_MANY_CONNECTIONS');
    // Somebody else is not touched.
    await listen({ authorization: await tokenOf(newId()) });
    await stream.end();
    await until(() => running.gateway.upstreams.size === 2);
    await listen({ authorization: await tokenOf(userId) });
    running.world.log.append('1');
    expect(await first.next()).toEqual({ orderChanged: { cursor: '1' } });
  });

  test('from one network are limited', async () => {
    await start({ limits: { connectionsPerNetwork: 2 }, settings: { trustedProxies: true } });
    const from = (address: string) => ({ socket: { headers: { 'x-forwarded-for': address } } });
    await listen(from('203.0.113.1'));
    await listen(from('203.0.113.1'));
    expect(await refused(from('203.0.113.1'))).toMatchObject({ code: 4429 });
    await listen(from('203.0.113.2'));
  });

  test('in all are limited; who is one too many is told when to try again', async () => {
    await start({ limits: { connections: 1 } });
    const live = await listen();
    expect(await refused()).toMatchObject({ code: 1013, reason: expect.stringMatching(/retry-after-ms=\d+/) });
    await clients.shift()?.dispose();
    await live.end();
    await until(() => running.gateway.upstreams.size === 0);
    await listen();
  });

  test('that are refused or closed leave no count behind', async () => {
    await start({ limits: { connectionsPerViewer: 3, connectionsPerNetwork: 4, connections: 4 } });
    const userId = newId();
    for (let round = 0; round < 10; round += 1) {
      const own = await Promise.all([1, 2, 3].map(async () => listen({ authorization: await tokenOf(userId) })));
      expect(await refused({ authorization: await tokenOf(userId) })).toMatchObject({ code: 4429 });
      for (const live of own) await live.end();
      for (const made of clients.splice(0)) await made.dispose();
      await until(() => running.gateway.upstreams.size === 0);
    }
  });
});

describe('live subscriptions', () => {
  const code = async (live: Live) => (await live.failure())[0]?.extensions;

  test('of one person are limited, on all their connections, and one that ends makes room', async () => {
    await start({ limits: { subscriptionsPerViewer: 2 } });
    const userId = newId();
    const [one, two] = [
      client({ authorization: await tokenOf(userId) }),
      client({ authorization: await tokenOf(userId) }),
    ];
    const lives = [new Live(one, CHANGED, { id: '1' }), new Live(two, CHANGED, { id: '1' })];
    for (const live of lives) await live.next();
    const tooMany = { code: 'TOO_MANY_SUBSCRIPTIONS', limit: 'subscriptionsPerViewer', most: 2 };
    expect(await code(new Live(one, CHANGED, { id: '2' }))).toMatchObject(tooMany);
    const byHttp = await subscribeByHttp(await tokenOf(userId));
    expect(byHttp.status).toBe(429);
    // Queries go on.
    expect(await new Live(one, '{ orders { id } }').next()).toMatchObject({ orders: [{}, {}] });
    await lives[0]?.end();
    await until(() => running.gateway.upstreams.size === 1);
    await new Live(one, CHANGED, { id: '2' }).next();
  });

  test('of all who have not signed in from one network are limited, and in all', async () => {
    await start({ limits: { subscriptionsPerNetwork: 1, subscriptions: 2 } });
    await listen();
    expect(await code(new Live(client(), CHANGED, { id: '1' }))).toMatchObject({ limit: 'subscriptionsPerNetwork' });
    await listen({ authorization: await tokenOf(newId()) });
    const other = client({ authorization: await tokenOf(newId()) });
    expect(await code(new Live(other, CHANGED, { id: '1' }))).toMatchObject({ limit: 'subscriptions', most: 2 });
  });
});
