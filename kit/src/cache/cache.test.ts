import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DomainEvent } from '../events/event.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { testEnvironment } from '../testing/environment.js';
import { Cache } from './cache.js';
import { type CacheStore, MemoryCacheStore, openCacheStore, RedisCacheStore } from './cache-store.js';

const redisUrl = testEnvironment().REDIS_URL;
const redis = redisUrl ? new Redis(redisUrl) : undefined;
afterAll(() => redis?.quit());

const logger = createLogger({ service: 'test', level: 'silent' });
const card = z.object({ name: z.string(), seen: z.coerce.date().optional() });

function createCache(store: CacheStore, options: { namespace?: string; version?: number; ttlMs?: number } = {}) {
  const metrics = new Metrics();
  const namespace = options.namespace ?? randomUUID();
  const cache = new Cache({ store, schema: card, version: 1, ttlMs: 60_000, logger, metrics, ...options, namespace });
  return { cache, metrics, namespace };
}

/** Counts its calls; each gives the next name. */
function countingLoader() {
  const loader = { calls: 0, load: async () => ({ name: `name ${++loader.calls}` }) };
  return loader;
}

/** A load that waits until it is told to go on. */
function heldLoader(name: string) {
  let begun: () => void = () => {};
  let release: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const load = async () => {
    begun();
    await released;
    return { name };
  };
  return { load, started, release };
}

const stores: [string, () => CacheStore][] = [['memory', () => new MemoryCacheStore()]];
if (redis) stores.push(['Redis', () => new RedisCacheStore(redis)]);

describe.each(stores)('a cache in %s', (_name, createStore) => {
  test('loads a value once and gives it again', async () => {
    const { cache, metrics, namespace } = createCache(createStore());
    const loader = countingLoader();
    expect(await cache.getOrLoad('a', loader.load)).toEqual({ name: 'name 1' });
    expect(await cache.getOrLoad('a', loader.load)).toEqual({ name: 'name 1' });
    expect(await cache.getOrLoad('b', loader.load)).toEqual({ name: 'name 2' });
    const { body } = await metrics.expose();
    expect(body).toContain(`cache_reads_total{namespace="${namespace}",result="hit"} 1`);
    expect(body).toContain(`cache_reads_total{namespace="${namespace}",result="miss"} 2`);
  });

  test('gives values as its schema says, whether loaded or kept', async () => {
    const { cache } = createCache(createStore());
    const seen = new Date('2026-01-02T03:04:05.678Z');
    const load = async () => ({ name: 'x', seen });
    expect(await cache.getOrLoad('a', load)).toEqual({ name: 'x', seen });
    expect(await cache.getOrLoad('a', load)).toEqual({ name: 'x', seen });
  });

  test('shares one load between all who ask in the same moment', async () => {
    const { cache } = createCache(createStore());
    const loader = countingLoader();
    const values = await Promise.all(Array.from({ length: 20 }, () => cache.getOrLoad('a', loader.load)));
    expect(new Set(values.map(({ name }) => name))).toEqual(new Set(['name 1']));
    expect(loader.calls).toBe(1);
  });

  test('keeps nothing of a load that failed, and tells all who wait', async () => {
    const { cache } = createCache(createStore());
    const fail = () => Promise.reject(new Error('no database'));
    const results = await Promise.allSettled([cache.getOrLoad('a', fail), cache.getOrLoad('a', fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.getOrLoad('a', countingLoader().load)).toEqual({ name: 'name 1' });
  });

  test('forgets a value when its time is over', async () => {
    const { cache } = createCache(createStore(), { ttlMs: 50 });
    const loader = countingLoader();
    await cache.getOrLoad('a', loader.load);
    await expect.poll(() => cache.getOrLoad('a', loader.load)).not.toEqual({ name: 'name 1' });
  });

  test('never reads values of another version or namespace', async () => {
    const store = createStore();
    const loader = countingLoader();
    const { cache, namespace } = createCache(store);
    await cache.getOrLoad('a', loader.load);
    await createCache(store, { namespace, version: 2 }).cache.getOrLoad('a', loader.load);
    await createCache(store).cache.getOrLoad('a', loader.load);
    expect(loader.calls).toBe(3);
    await createCache(store, { namespace }).cache.getOrLoad('a', loader.load);
    expect(loader.calls).toBe(3);
  });

  test('loads anew what is kept in a shape that does not parse', async () => {
    const store = createStore();
    const { cache, namespace } = createCache(store);
    const loader = countingLoader();
    for (const text of ['{"marks":[""],"value":{"name":5}}', 'no JSON', '{}']) {
      await store.write([{ key: `cache:${namespace}@1:value:a`, text }], 60_000);
      expect((await cache.getOrLoad('a', loader.load)).name).toBe(`name ${loader.calls}`);
    }
    expect(loader.calls).toBe(3);
  });

  test('invalidates by key and by tag, and nothing else', async () => {
    const { cache } = createCache(createStore());
    const loader = countingLoader();
    const get = (key: string, ...tags: string[]) => cache.getOrLoad(key, loader.load, tags);
    await get('a', 'tutor:1');
    await get('b', 'tutor:1', 'tutor:2');
    await get('c', 'tutor:2');
    await cache.invalidate({ tags: ['tutor:1'] });
    expect(await get('c', 'tutor:2')).toEqual({ name: 'name 3' });
    expect(await get('a', 'tutor:1')).toEqual({ name: 'name 4' });
    expect(await get('b', 'tutor:1', 'tutor:2')).toEqual({ name: 'name 5' });
    await cache.invalidate({ keys: ['a'] });
    expect(await get('a', 'tutor:1')).toEqual({ name: 'name 6' });
    expect(await get('b', 'tutor:1', 'tutor:2')).toEqual({ name: 'name 5' });
  });

  test.each([{ keys: ['a'] }, { tags: ['t'] }])(
    'does not keep a value whose load began before its invalidation: %o',
    async (stale) => {
      const { cache } = createCache(createStore());
      const held = heldLoader('stale');
      const early = cache.getOrLoad('a', held.load, ['t']);
      await held.started;
      await cache.invalidate(stale);
      // Who asks after the invalidation is not given the load that began before it.
      expect(await cache.getOrLoad('a', async () => ({ name: 'fresh' }), ['t'])).toEqual({ name: 'fresh' });
      held.release();
      expect(await early).toEqual({ name: 'stale' });
      const later = await cache.getOrLoad('a', async () => ({ name: 'fresh again' }), ['t']);
      expect(later.name).toMatch(/^fresh/);
    },
  );

  test('does not keep a value that another process loaded before the invalidation', async () => {
    const store = createStore();
    const { cache: here, namespace } = createCache(store);
    const { cache: there } = createCache(store, { namespace });
    const held = heldLoader('stale');
    const early = there.getOrLoad('a', held.load);
    await held.started;
    await here.invalidate({ keys: ['a'] });
    held.release();
    await early;
    expect(await here.getOrLoad('a', async () => ({ name: 'fresh' }))).toEqual({ name: 'fresh' });
  });

  test('follows events', async () => {
    const { cache } = createCache(createStore());
    const bus = new EventEmitter<{ event: [DomainEvent] }>();
    const stop = cache.invalidateOn(
      (listener) => {
        bus.on('event', listener);
        return () => bus.off('event', listener);
      },
      'tutorgraph.accounts.user.renamed.v1',
      ({ subject }) => ({ keys: [subject] }),
    );
    const loader = countingLoader();
    await cache.getOrLoad('u1', loader.load);
    bus.emit('event', event('tutorgraph.accounts.user.seen.v1', 'u1'));
    bus.emit('event', event('tutorgraph.accounts.user.renamed.v1', 'u2'));
    expect(await cache.getOrLoad('u1', loader.load)).toEqual({ name: 'name 1' });
    bus.emit('event', event('tutorgraph.accounts.user.renamed.v1', 'u1'));
    await expect.poll(() => cache.getOrLoad('u1', loader.load)).toEqual({ name: 'name 2' });
    stop();
    expect(bus.listenerCount('event')).toBe(0);
  });
});

describe('a cache whose store fails', () => {
  test('loads each time, counts the failures and throws nothing', async () => {
    // Nobody listens on port 1.
    const { store, close } = await openCacheStore('redis://127.0.0.1:1', logger);
    const { cache, metrics, namespace } = createCache(store);
    const loader = countingLoader();
    await cache.getOrLoad('a', loader.load);
    expect(await cache.getOrLoad('a', loader.load)).toEqual({ name: 'name 2' });
    await cache.invalidate({ keys: ['a'] });
    const { body } = await metrics.expose();
    expect(body).toContain(`cache_failures_total{namespace="${namespace}",operation="read"} 2`);
    expect(body).toContain(`cache_failures_total{namespace="${namespace}",operation="invalidate"} 1`);
    await close();
  });

  test.runIf(redisUrl)('goes on without Redis during an outage, and with it afterwards', async () => {
    const lines: string[] = [];
    const recorder = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
    const { hostname, port, pathname } = new URL(redisUrl ?? '');
    const proxy = await RedisProxy.open(hostname, Number(port));
    const { store, close } = await openCacheStore(`redis://127.0.0.1:${proxy.port}${pathname}`, recorder);
    const { cache } = createCache(store);
    const loader = countingLoader();
    await cache.getOrLoad('a', loader.load);
    await proxy.breakDown();
    expect(await cache.getOrLoad('a', loader.load)).toEqual({ name: 'name 2' });
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    await proxy.listen();
    await expect.poll(() => cache.getOrLoad('a', loader.load), { timeout: 10_000 }).toEqual({ name: 'name 1' });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual([
      'Redis does not answer; going on without it',
      'Redis answers again',
    ]);
    await close();
    await proxy.breakDown();
  });

  test.runIf(redis)('hears of a write that Redis refuses', async () => {
    const store = new RedisCacheStore(redis ?? new Redis());
    await expect(store.write([{ key: randomUUID(), text: 'x' }], -1)).rejects.toThrow();
  });
});

describe('the memory store', () => {
  test('forgets what was least used when it is full', async () => {
    const store = new MemoryCacheStore(5_000);
    const text = 'x'.repeat(500);
    for (let index = 0; index < 10; index++) await store.write([{ key: `k${index}`, text }], 60_000);
    const kept = await store.read(Array.from({ length: 10 }, (_, index) => `k${index}`));
    expect(kept[0]).toBeUndefined();
    expect(kept[9]).toBe(text);
  });
});

function event(type: string, subject: string): DomainEvent {
  const data = {};
  const time = new Date().toISOString();
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'test',
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    data,
  };
}

/** Stands between a client and Redis, and can be taken away. */
class RedisProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server;
  port = 0;

  private constructor(host: string, port: number) {
    this.server = createServer((socket) => {
      const upstream = connect(port, host);
      for (const end of [socket, upstream]) this.sockets.add(end.on('error', () => {}));
      socket.pipe(upstream).pipe(socket);
    });
  }

  static async open(host: string, port: number): Promise<RedisProxy> {
    const proxy = new RedisProxy(host, port);
    await proxy.listen();
    return proxy;
  }

  async listen(): Promise<void> {
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
  }

  async breakDown(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }
}
