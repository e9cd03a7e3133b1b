/**
 * Reproducible randomness for made-up data: the same key gives the same sequence on every machine and version of
 * Node. Hand-written (mulberry32 over an FNV-1a hash, twenty lines) because libraries of made-up data promise their
 * sequences only within one release, and a seed has to mean the same rows for years.
 */
export class Random {
  #state: number;

  /** @param key - what the sequence belongs to, such as a seed, a kind and an index; equal keys give equal sequences */
  constructor(...key: readonly (string | number)[]) {
    this.#state = hash(key.join('\u0000'));
  }

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items, each as likely as another. @throws RangeError for an empty list */
  pick<T>(items: readonly T[]): T {
    return itemAt(items, this.integer(0, items.length - 1));
  }

  /** One of the items, by its weight. @throws RangeError for an empty list */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    let left = this.next() * items.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of items) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    return itemAt(items, items.length - 1);
  }

  /** The items in a random order; the list itself stays as it was. */
  shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  }

  /** A normally distributed number (Box–Muller). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  /** A log-normally distributed number: half of them lie below `median`; `sigma` is the deviation of its logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma));
  }
}

/** Deals items in a random order and starts over, newly shuffled, only when all have been dealt. */
export class Deck<T> {
  readonly #items: readonly T[];
  readonly #random: Random;
  #order: T[] = [];
  #dealt = 0;

  constructor(items: readonly T[], random: Random) {
    this.#items = items;
    this.#random = random;
  }

  /** The next item. @throws RangeError when the deck was made of nothing */
  deal(): T {
    if (this.#dealt >= this.#order.length) {
      this.#order = this.#random.shuffle(this.#items);
      this.#dealt = 0;
    }
    return itemAt(this.#order, this.#dealt++);
  }
}

/** 32 bits of FNV-1a with a final avalanche, so that keys that differ in one digit share nothing. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function itemAt<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) throw new RangeError('There is nothing to choose from: the list is empty');
  return items[index] as T;
}
