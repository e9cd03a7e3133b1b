import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DomainEvent } from '../events/event.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { CacheStore } from './cache-store.js';

/** One kind of cached values. */
export interface CacheOptions<Schema extends z.ZodType> {
  store: CacheStore;
  /** What is cached, such as `marketplace:tutor-card`. */
  namespace: string;
  /** Raised whenever the values' shape or meaning changes: older values are then never read. */
  version: number;
  /** What a value is; JSON-safe. A stored one that does not parse is loaded anew. */
  schema: Schema;
  /** How long a value may be used, in milliseconds; each lives up to a tenth shorter, so that not all end at once. */
  ttlMs: number;
  logger: Logger;
  metrics: Metrics;
}

/** Calls back with each event from now on, whatever its type; returns how to stop. */
export type ListenToEvents = (listener: (event: DomainEvent) => void) => () => void;

/** What an event makes stale: keys, tags or both. */
export interface Stale {
  keys?: readonly string[];
  tags?: readonly string[];
}

const envelope = z.object({ marks: z.array(z.string()), value: z.unknown() });
const MOST_LOAD_MS = 3_600_000;

/**
 * Values that are dear to make. The store may be lost or fail at any time: values are then loaded, and nothing throws
 * but the loader.
 *
 * A value depends on its key and its tags. Each of these has a mark in the store, read before the load and kept with
 * the value; invalidating changes the mark, so that a value whose load began earlier is never used, in no process.
 */
export class Cache<Schema extends z.ZodType> {
  private readonly flights = new Map<
    string,
    { dependencies: ReadonlySet<string>; loading: Promise<z.output<Schema>> }
  >();
  private readonly reads;
  private readonly failures;

  constructor(private readonly options: CacheOptions<Schema>) {
    this.reads = options.metrics.counter({
      name: 'cache_reads_total',
      help: 'Values asked of a cache, by whether it had them',
      labelNames: ['namespace', 'result'],
    });
    this.failures = options.metrics.counter({
      name: 'cache_failures_total',
      help: 'Times that the store of a cache failed and the cache went on without it',
      labelNames: ['namespace', 'operation'],
    });
  }

  /**
   * The value under a key, from the cache or from `load`; callers who ask for it in the same moment share one load
   * and its value, so nobody may change it.
   *
   * @param tags further names by which the value can be invalidated; always the same for one key
   * @throws whatever `load` throws, to all who share it; nothing is stored then
   */
  async getOrLoad(
    key: string,
    load: () => Promise<z.input<Schema>>,
    tags: readonly string[] = [],
  ): Promise<z.output<Schema>> {
    const flight = this.flights.get(key);
    if (flight) return flight.loading;
    const dependencies = [this.name('key', key), ...tags.map((tag) => this.name('tag', tag))];
    const loading = this.readOrLoad(key, load, dependencies);
    const own = { dependencies: new Set(dependencies), loading };
    this.flights.set(key, own);
    try {
      return await loading;
    } finally {
      if (this.flights.get(key) === own) this.flights.delete(key);
    }
  }

  /**
   * Makes values stale, those that are being loaded included, for all processes that share the store. When the store
   * fails, other processes use what they have until its time is over.
   */
  async invalidate({ keys = [], tags = [] }: Stale): Promise<void> {
    const stale = [...keys.map((key) => this.name('key', key)), ...tags.map((tag) => this.name('tag', tag))];
    if (stale.length === 0) return;
    // Who asks from now on must not be given what was read before.
    for (const [key, { dependencies }] of this.flights) {
      if (stale.some((name) => dependencies.has(name))) this.flights.delete(key);
    }
    // Never one that was there before: a value kept with it would come back.
    const text = randomUUID();
    const marks = stale.map((name) => ({ key: this.markKey(name), text }));
    // A mark outlives every value that was loaded before it was set.
    await this.attempt('invalidate', undefined, () =>
      this.options.store.write(marks, this.options.ttlMs + MOST_LOAD_MS),
    );
  }

  /** Invalidates whenever an event of the type comes; returns how to stop. */
  invalidateOn(listen: ListenToEvents, type: string, staleBy: (event: DomainEvent) => Stale): () => void {
    return listen((event) => {
      if (event.type === type) void this.invalidate(staleBy(event));
    });
  }

  private async readOrLoad(
    key: string,
    load: () => Promise<z.input<Schema>>,
    dependencies: readonly string[],
  ): Promise<z.output<Schema>> {
    const { namespace, schema } = this.options;
    const valueKey = this.name('value', key);
    const keys = [valueKey, ...dependencies.map((name) => this.markKey(name))];
    const found = await this.attempt('read', undefined, () => this.options.store.read(keys));
    const marks = found?.slice(1).map((mark) => mark ?? '');
    const kept = marks && this.parse(found?.[0], marks);
    this.reads.inc({ namespace, result: kept ? 'hit' : 'miss' });
    if (kept) return kept.value;
    const value = await load();
    const output = schema.parse(value);
    if (marks) {
      const ttlMs = this.options.ttlMs * (1 - Math.random() / 10);
      const entry = { key: valueKey, text: JSON.stringify({ marks, value }) };
      await this.attempt('write', undefined, () => this.options.store.write([entry], ttlMs));
    }
    return output;
  }

  private parse(text: string | undefined, marks: readonly string[]): { value: z.output<Schema> } | undefined {
    if (text === undefined) return undefined;
    const { data: kept } = envelope.safeParse(readJson(text));
    if (!kept || kept.marks.join() !== marks.join()) return undefined;
    const parsed = this.options.schema.safeParse(kept.value);
    return parsed.success ? { value: parsed.data } : undefined;
  }

  private async attempt<T>(operation: string, otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (err) {
      const { namespace, logger } = this.options;
      this.failures.inc({ namespace, operation });
      logger.debug({ err, namespace, operation }, 'A cache goes on without its store');
      return otherwise;
    }
  }

  private markKey(name: string): string {
    return `${name}:mark`;
  }

  private name(kind: 'key' | 'tag' | 'value', key: string): string {
    return `cache:${this.options.namespace}@${this.options.version}:${kind}:${key}`;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
