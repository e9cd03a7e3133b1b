import { hash } from 'node:crypto';
import type { RedisConnection } from '@tutorgraph/kit/cache/redis';
import { LRUCache } from 'lru-cache';
import type { OperationGate } from '../operations/operation-gate.js';
import type { ReadOperation } from '../operations/read-operation.js';
import { persistedHash } from './document-id.js';

/** Where documents are kept that clients have registered. */
export interface PersistedQueriesOptions {
  /** Bytes of text that this process keeps. */
  bytes: number;
  /** Keeps them for all processes, for a day from the last registering. */
  redis?: RedisConnection['client'] | undefined;
  /** Told of each command that Redis did not carry out; the documents of this process are enough to go on. */
  onFailure?: ((error: unknown) => void) | undefined;
}

const DAY_SECONDS = 86_400;
/** A text of so many bytes at most is kept, as a share of all. */
const GREATEST_SHARE = 0.1;
const BYTES_OF_A_CHARACTER = 2;

/**
 * Automatic persisted queries, Apollo's protocol: a client sends the SHA-256 of a document, and the text beside it when we
 * do not know it. As a gate, the last one, it keeps the texts of operations that were let in, so that what is refused takes
 * nobody's place.
 */
export class PersistedQueries implements OperationGate {
  private readonly texts: LRUCache<string, string>;

  constructor(private readonly options: PersistedQueriesOptions) {
    this.texts = new LRUCache<string, string>({
      maxSize: options.bytes,
      maxEntrySize: Math.ceil(options.bytes * GREATEST_SHARE),
      sizeCalculation: (text, key) => (text.length + key.length) * BYTES_OF_A_CHARACTER,
    });
  }

  /** The text with this SHA-256; undefined when it is not known, or no longer. */
  async find(sha256: string): Promise<string | undefined> {
    const known = this.texts.get(sha256);
    if (known !== undefined) return known;
    const shared = await this.attempt((redis) => redis.get(keyOf(sha256)));
    // Whoever can write to Redis must not choose what a hash means.
    if (!shared || hash('sha256', shared) !== sha256) return undefined;
    this.texts.set(sha256, shared);
    return shared;
  }

  /** Keeps the text of an operation that was sent with its hash, which the document source has checked. */
  admit({ request }: ReadOperation): void | Promise<void> {
    const { query } = request;
    const sha256 = query && persistedHash(request);
    // Most operations register nothing, and wait for nothing.
    return sha256 ? this.keep(sha256, query) : undefined;
  }

  private async keep(sha256: string, query: string): Promise<void> {
    this.texts.set(sha256, query);
    await this.attempt((redis) => redis.set(keyOf(sha256), query, 'EX', DAY_SECONDS));
  }

  private async attempt(command: (redis: RedisConnection['client']) => Promise<string | null>): Promise<string | null> {
    const { redis, onFailure } = this.options;
    if (!redis) return null;
    try {
      return await command(redis);
    } catch (error) {
      onFailure?.(error);
      return null;
    }
  }
}

function keyOf(sha256: string): string {
  return `gateway:document:${sha256}`;
}
