import { Deck, type Random } from '@tutorgraph/kit/demo/random';

/**
 * Deals sentences so that none of a list comes again before all of it has been used: what a reader of one page sees
 * does not repeat.
 */
export class Phrases {
  readonly #decks = new Map<readonly unknown[], Deck<unknown>>();

  constructor(readonly random: Random) {}

  /** The next item of the list that fits, or undefined when none does. */
  deal<T>(items: readonly T[], fits: (item: T) => boolean = () => true): T | undefined {
    const deck = this.#deckOf(items);
    for (let tries = items.length * 2; tries > 0; tries--) {
      const item = deck.deal();
      if (fits(item)) return item;
    }
    return items.find(fits);
  }

  #deckOf<T>(items: readonly T[]): Deck<T> {
    const deck = this.#decks.get(items) ?? new Deck<unknown>(items, this.random);
    this.#decks.set(items, deck);
    return deck as Deck<T>;
  }
}

/** How many sentences a text has. */
export function sentenceCount(text: string): number {
  return text.split(/[.!?…]+(?=\s|$)/).filter((sentence) => sentence.trim() !== '').length;
}
