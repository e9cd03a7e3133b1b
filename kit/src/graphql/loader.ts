import DataLoader from 'dataloader';
import type { RequestContext } from './context.js';

/** Describes a batched look-up; each request has its own loader of it (`context.loader(definition)`). */
export interface LoaderDefinition<Key, Value> {
  create(context: RequestContext): Loader<Key, Value>;
}

/** A DataLoader to which another statement may give what it has read along. */
export class Loader<Key, Value> extends DataLoader<Key, Value, unknown> {
  private readonly kept = new Map<unknown, Value>();

  constructor(
    batch: DataLoader.BatchLoadFn<Key, Value>,
    private readonly keyOf: (key: Key) => unknown,
  ) {
    super(batch, { cacheKeyFn: keyOf, maxBatchSize: 1_000 });
  }

  /** Keeps a value that was read along. It goes before one that was loaded earlier. */
  keep(key: Key, value: Value): void {
    this.kept.set(this.keyOf(key), value);
  }

  /** The value of a key: at once when it was read along, without a promise for each field of a long list. */
  at(key: Key): Value | Promise<Value> {
    const id = this.keyOf(key);
    // What is kept under a key is its value, which may be null.
    return this.kept.has(id) ? (this.kept.get(id) as Value) : super.load(key);
  }

  override load(key: Key): Promise<Value> {
    const value = this.at(key);
    return value instanceof Promise ? value : Promise.resolve(value);
  }

  override clear(key: Key): this {
    this.kept.delete(this.keyOf(key));
    return super.clear(key);
  }

  override clearAll(): this {
    this.kept.clear();
    return super.clearAll();
  }
}

/**
 * Defines a batched look-up of one value for each key.
 *
 * @param batch answers a map from key (as `keyOf` gives it) to value
 * @param options `absent`: what a key without an answer gets; `keyOf`: identity of a key that is an object
 */
export function defineLoader<Key, Value>(
  batch: (context: RequestContext, keys: readonly Key[]) => Promise<ReadonlyMap<unknown, Value>>,
  options: { absent: () => Value; keyOf?: (key: Key) => unknown },
): LoaderDefinition<Key, Value> {
  const keyOf = options.keyOf ?? ((key: Key): unknown => key);
  return {
    create: (context) =>
      new Loader<Key, Value>(async (keys) => {
        const found = await batch(context, keys);
        return keys.map((key) => found.get(keyOf(key)) ?? options.absent());
      }, keyOf),
  };
}
