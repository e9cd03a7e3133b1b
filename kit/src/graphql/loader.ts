import DataLoader from 'dataloader';
import type { RequestContext } from './context.js';

/** Describes a batched look-up; each request has its own DataLoader of it (`context.loader(definition)`). */
export interface LoaderDefinition<Key, Value> {
  create(context: RequestContext): DataLoader<Key, Value, unknown>;
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
      new DataLoader<Key, Value, unknown>(
        async (keys) => {
          const found = await batch(context, keys);
          return keys.map((key) => found.get(keyOf(key)) ?? options.absent());
        },
        { cacheKeyFn: keyOf, maxBatchSize: 1_000 },
      ),
  };
}
