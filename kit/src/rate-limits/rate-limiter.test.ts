import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { GraphQLError } from 'graphql';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openNotes } from '../../test/support/notes.js';
import { transaction } from '../database/transaction.js';
import { type TestDatabase, testDatabase } from '../testing/database.js';
import { testEnvironment } from '../testing/environment.js';
import { createRateLimiter, type RateLimiter, type RateLimiterOptions, type RateRule } from './rate-limiter.js';

let database: TestDatabase;
let admin: pg.Pool;
const redisUrl = testEnvironment().REDIS_URL;

beforeAll(async () => {
  database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
  admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => {});
});
afterAll(async () => {
  await admin.end();
  await database.close();
});

const opened: RateLimiter[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((limiter) => limiter.close()));
});

async function open(options: Partial<RateLimiterOptions> = {}): Promise<RateLimiter> {
  const limiter = await createRateLimiter({ room: 'rates', databaseUrl: database.url, ...options });
  opened.push(limiter);
  return limiter;
}

const rule = (points: number): RateRule => ({ name: `rule-${randomUUID()}`, points, seconds: 60 });

async function outcomes(calls: Promise<void>[]): Promise<{ passed: number; refused: unknown[] }> {
  const results = await Promise.allSettled(calls);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  return { passed: results.length - refused.length, refused };
}

const stores = [
  { store: 'PostgreSQL', options: {}, isThere: true },
  { store: 'Redis', options: { redisUrl }, isThere: redisUrl !== undefined },
];

describe.each(stores.filter(({ isThere }) => isThere))('rate limits in $store', ({ options }) => {
  test('let so many pass and refuse the rest with the seconds to wait', async () => {
    const limiter = await open(options);
    const few = rule(3);
    for (let index = 0; index < 3; index++) await limiter.consume('anna@example.com', few);
    const refusal = await limiter.consume('anna@example.com', few).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GraphQLError);
    expect(refusal).toMatchObject({ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } });
    const { retryAfter } = refusal instanceof GraphQLError ? refusal.extensions : {};
    expect(retryAfter).toBeGreaterThan(50);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  test('count each key and each rule by itself', async () => {
    const limiter = await open(options);
    const [one, other] = [rule(1), rule(1)];
    await limiter.consume('a', one);
    await limiter.consume('b', one);
    await limiter.consume('a', other);
    await expect(limiter.consume('a', one)).rejects.toThrow(/Too many/);
  });

  test('count over all processes, also when they ask at once', async () => {
    const limiters = await Promise.all([open(options), open(options)]);
    const ten = rule(10);
    const calls = Array.from(
      { length: 40 },
      (_, index) => limiters[index % 2]?.consume('one', ten) ?? Promise.reject(),
    );
    const { passed, refused } = await outcomes(calls);
    expect(passed).toBe(10);
    expect(refused.every((error) => error instanceof GraphQLError)).toBe(true);
  });

  test('can be reset', async () => {
    const limiter = await open(options);
    const two = rule(2);
    await limiter.consume('a', two);
    await limiter.consume('a', two);
    await limiter.reset('a', two);
    await limiter.consume('a', two);
  });

  test('begin anew when their time is over', async () => {
    const limiter = await open(options);
    const short = { ...rule(1), seconds: 1 };
    await limiter.consume('a', short);
    await expect(limiter.consume('a', short)).rejects.toThrow(/Too many/);
    await expect
      .poll(
        () =>
          limiter.consume('a', short).then(
            () => 'passed',
            () => 'refused',
          ),
        { timeout: 5_000 },
      )
      .toBe('passed');
  });
});

describe('rate limits', () => {
  test('store no key in clear', async () => {
    const limiter = await open();
    await limiter.consume('secret@example.com', { name: 'clear', points: 1, seconds: 60 });
    const { rows } = await admin.query("select key from rates_limits.rate_limits where key like 'clear%'");
    expect(rows).toHaveLength(1);
    expect(rows[0].key).toMatch(/^clear:[\w-]{43}$/);
  });

  test('go on in memory while the database cannot count', async () => {
    const limiter = await open({ room: 'broken' });
    await admin.query('drop table broken_limits.rate_limits');
    const two = rule(2);
    const { passed, refused } = await outcomes([1, 2, 3].map(() => limiter.consume('a', two)));
    expect(passed).toBe(2);
    expect(refused).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  test('go on in memory while Redis takes connections and never answers', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const limiter = await open({ redisUrl: `redis://127.0.0.1:${port}` });
    const two = rule(2);
    const { passed } = await outcomes([1, 2, 3].map(() => limiter.consume('a', two)));
    expect(passed).toBe(2);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test('can be opened by several processes at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => open({ room: 'crowd' })));
  });

  test('refuse to be asked inside a transaction, and two rules of one name', async () => {
    const limiter = await open();
    const orm = await openNotes(database.url, 'refused');
    const asked = transaction(orm.em, () => limiter.consume('a', rule(1)));
    await expect(asked).rejects.toThrow(/inside a database transaction/);
    await orm.close();
    await limiter.consume('a', { name: 'same', points: 5, seconds: 60 });
    await expect(limiter.consume('a', { name: 'same', points: 6, seconds: 60 })).rejects.toThrow(/named "same"/);
  });

  test.runIf(redisUrl)('leave nothing in Redis for ever', async () => {
    const limiter = await open({ redisUrl });
    const once = rule(1);
    await limiter.consume('a', once);
    const redis = new Redis(redisUrl ?? '');
    const [key = ''] = await redis.keys(`rates:limits:${once.name}*`);
    expect(await redis.pttl(key)).toBeGreaterThan(0);
    await redis.quit();
  });
});
