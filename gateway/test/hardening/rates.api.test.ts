import { connectRedis, type RedisConnection } from '@tutorgraph/kit/cache/redis';
import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryBudget } from '../../src/cost/budget.js';
import { SharedBudget } from '../../src/cost/shared-budget.js';
import { ask, connect, Live } from '../world/client.js';
import { signToken, verifier } from '../world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from '../world/world.js';

/** Costs 10: a list of which nothing is said. */
const TEN = '{ orders { id } }';
const redisUrl = process.env['REDIS_URL'];
const running: RunningWorld[] = [];
const connections: RedisConnection[] = [];
afterEach(async () => {
  for (const world of running.splice(0)) await world.close();
  for (const connection of connections.splice(0)) await connection.close();
});

async function start(rates: { viewer: number; network: number }, options: WorldOptions = {}): Promise<string> {
  const settings = { ...options.settings, rates };
  const world = await startWorld({ verify: (token) => verifier.verify(token), ...options, settings });
  running.push(world);
  return world.url;
}

async function person(userId = newId()): Promise<Record<string, string>> {
  return { authorization: await signToken({ sessionId: newId(), userId }) };
}

async function redis(): Promise<RedisConnection['client']> {
  const connection = await connectRedis(redisUrl ?? '', silentLogger);
  connections.push(connection);
  return connection.client;
}

function refusal(retryAfter: unknown = expect.any(Number)): Record<string, unknown> {
  return { code: 'RATE_LIMITED', retryAfter, requestId: expect.any(String) };
}

describe('who asks for too much in a minute', () => {
  test('is refused with 429 and told when to come again, whatever it accepts', async () => {
    const url = await start({ viewer: 0, network: 25 });
    expect((await ask(url, TEN)).status).toBe(200);
    expect((await ask(url, TEN)).status).toBe(200);
    const fetched = running[0]?.world.fetches.length;
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, headers, body } = await ask(url, TEN, { headers: { accept } });
      const retryAfter = Number(headers.get('retry-after'));
      expect(status).toBe(429);
      expect(body.errors).toEqual([
        { message: expect.stringContaining('try again in'), extensions: refusal(retryAfter) },
      ]);
      // Five of twenty-five units are missing: they come back in twelve seconds.
      expect(retryAfter).toBeLessThanOrEqual(12);
    }
    expect(running[0]?.world.fetches.length).toBe(fetched);
  });

  test('may still ask for what costs less', async () => {
    const url = await start({ viewer: 0, network: 15 });
    await ask(url, TEN);
    expect((await ask(url, TEN)).status).toBe(429);
    expect((await ask(url, '{ order(id: "1") { id } }')).status).toBe(200);
  });

  test('is one person, on all their devices, and not their neighbours', async () => {
    const url = await start({ viewer: 15, network: 1_000 });
    const userId = newId();
    expect((await ask(url, TEN, { headers: await person(userId) })).status).toBe(200);
    expect((await ask(url, TEN, { headers: await person(userId) })).status).toBe(429);
    expect((await ask(url, TEN, { headers: await person() })).status).toBe(200);
  });

  test('is one network, whoever asks from it, by any of its addresses', async () => {
    const url = await start({ viewer: 0, network: 15 }, { settings: { trustedProxies: true } });
    const from = (address: string) => ask(url, TEN, { headers: { 'x-forwarded-for': address } });
    expect((await from('2001:db8:1:1::1')).status).toBe(200);
    expect((await from('2001:db8:1:1::2')).status).toBe(429);
    expect((await from('2001:db8:1:2::1')).status).toBe(200);
  });

  test('is refused on a WebSocket, as a query and as a subscription', async () => {
    const client = connect(await start({ viewer: 0, network: 15 }));
    await new Live(client, TEN).next();
    const authors = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: author { id }`).join(' ');
    for (const query of [TEN, `subscription { ticks { ${authors} } }`]) {
      expect((await new Live(client, query).failure())[0]?.extensions).toMatchObject(refusal());
    }
    await client.dispose();
  });

  test('is refused in a batch for what is too much of it', async () => {
    const url = await start({ viewer: 0, network: 25 });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: TEN }, { query: TEN }, { query: TEN }]),
    });
    const answers = (await response.json()) as { errors?: unknown }[];
    expect(answers.map(({ errors }) => errors !== undefined)).toEqual([false, false, true]);
    expect(response.headers.get('retry-after')).not.toBeNull();
  });

  test('pays for what costs nothing as well', async () => {
    const url = await start({ viewer: 0, network: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await ask(url, '{ __typename }')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

test('a budget in memory fills up again with time, and not above what it holds', () => {
  const clock = { now: 0 };
  const budget = new MemoryBudget({ perMinute: 60 }, () => clock.now);
  expect(budget.take('a', 60)).toBe(0);
  expect(budget.take('a', 5)).toBeCloseTo(5);
  clock.now += 5_000;
  expect(budget.take('a', 5)).toBe(0);
  clock.now += 3_600_000;
  expect(budget.take('a', 61)).toBe(0);
  expect(budget.take('a', 1)).toBeCloseTo(2);
  expect(budget.take('b', 60)).toBe(0);
});

describe.runIf(redisUrl)('a budget in Redis', () => {
  test('is one for all gateways, however they ask', async () => {
    const name = newId();
    const clients = [await redis(), await redis()];
    const gateways = clients.map((client) => new SharedBudget({ name, redis: client, perMinute: 100 }));
    const takes = Array.from({ length: 60 }, async (_, index) => gateways[index % 2]?.take('a', 3));
    const granted = (await Promise.all(takes)).filter((wait) => wait === 0).length;
    expect(granted).toBeLessThanOrEqual(34);
    expect(granted).toBeGreaterThanOrEqual(28);
  });

  test('asks Redis seldom, and tells whoever is refused without asking again', async () => {
    const budget = new SharedBudget({ name: newId(), redis: await redis(), perMinute: 1_000 });
    await budget.take('a', 1);
    const inPurse = Array.from({ length: 40 }, () => budget.take('a', 1));
    expect(new Set(inPurse)).toEqual(new Set([0]));
    expect(await budget.take('a', 980)).toBeGreaterThan(0);
    expect(typeof budget.take('a', 990)).toBe('number');
  });

  test('leaves nothing in Redis for ever, and no name of anybody', async () => {
    const client = await redis();
    const name = newId();
    await new SharedBudget({ name, redis: client, perMinute: 100 }).take('203.0.113.7', 50);
    const [key = '', ...more] = await client.keys(`gateway:budget:${name}:*`);
    expect(more).toEqual([]);
    expect(key).not.toContain('203.0');
    expect(await client.ttl(key)).toBeGreaterThan(0);
  });

  test('is each gateway’s own while Redis does not answer', async () => {
    const client = await redis();
    const budget = new SharedBudget({ name: newId(), redis: client, perMinute: 10 });
    client.disconnect();
    expect(await budget.take('a', 10)).toBe(0);
    expect(await budget.take('a', 10)).toBeGreaterThan(0);
  });

  test('limits a gateway that has it', async () => {
    const settings = { trustedProxies: true };
    const url = await start({ viewer: 0, network: 15 }, { redis: await redis(), settings });
    // Nobody else has asked from here.
    const headers = { 'x-forwarded-for': `2001:db8:${newId().slice(0, 4)}:${newId().slice(-4)}::1` };
    expect((await ask(url, TEN, { headers })).status).toBe(200);
    expect((await ask(url, TEN, { headers })).status).toBe(429);
  });
});
