import { createHash } from 'node:crypto';

/**
 * The items in an order that depends on the seed and their keys alone: the same at every reload, and never on the order in which
 * they were written, which may be the right one.
 */
export function shuffled<Item>(items: readonly Item[], seed: string, keyOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({
      item,
      place: createHash('sha256')
        .update(`${seed}/${keyOf(item)}`)
        .digest('hex'),
    }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ item }) => item);
}
