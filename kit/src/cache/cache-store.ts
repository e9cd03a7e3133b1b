import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../telemetry/logger.js';
import { connectRedis } from './redis.js';

/** Where cached texts lie. May fail; a cache then goes on without it. */
export interface CacheStore {
  /** The texts under these keys, undefined for those that are not there. */
  read(keys: readonly string[]): Promise<(string | undefined)[]>;
  write(entries: readonly { key: string; text: string }[], ttlMs: number): Promise<void>;
}

/** Keeps texts in this process; the least used go first when there are too many. */
export class MemoryCacheStore implements CacheStore {
  private readonly texts: LRUCache<string, string>;

  /** @param maxBytes roughly what keys and texts may take together. @default 64 MiB */
  constructor(maxBytes = 64 * 1024 * 1024) {
    this.texts = new LRUCache({
      maxSize: maxBytes,
      // UTF-16, and what an entry of the map takes itself.
      sizeCalculation: (text, key) => 2 * (text.length + key.length) + 100,
    });
  }

  async read(keys: readonly string[]): Promise<(string | undefined)[]> {
    return keys.map((key) => this.texts.get(key));
  }

  async write(entries: readonly { key: string; text: string }[], ttlMs: number): Promise<void> {
    for (const { key, text } of entries) this.texts.set(key, text, { ttl: ttlMs });
  }
}

/** Keeps texts in Redis, for all processes. */
export class RedisCacheStore implements CacheStore {
  constructor(private readonly redis: Redis) {}

  async read(keys: readonly string[]): Promise<(string | undefined)[]> {
    const texts = await this.redis.mget(...keys);
    return texts.map((text) => text ?? undefined);
  }

  async write(entries: readonly { key: string; text: string }[], ttlMs: number): Promise<void> {
    const commands = this.redis.pipeline();
    for (const { key, text } of entries) commands.set(key, text, 'PX', Math.ceil(ttlMs));
    const results = await commands.exec();
    const failure = results?.find(([error]) => error)?.[0];
    if (failure) throw failure;
  }
}

/** Opens Redis when there is one, else memory of this process. Redis need not answer, now or ever. */
export async function openCacheStore(
  redisUrl: string | undefined,
  logger: Logger,
): Promise<{ store: CacheStore; close(): Promise<void> }> {
  if (!redisUrl) return { store: new MemoryCacheStore(), close: async () => {} };
  const { client, close } = await connectRedis(redisUrl, logger);
  return { store: new RedisCacheStore(client), close };
}
