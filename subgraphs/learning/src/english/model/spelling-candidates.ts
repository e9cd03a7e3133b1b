import { editCost, LEAST_OF_FIRST_LETTER, LEAST_OF_NEW_LETTER, lettersOf } from './edit-cost.js';
import type { LanguageModel, WordId } from './language-model.js';

/** A word that may have been meant, and how far the spelling is from it. */
export interface SpellingCandidate {
  word: string;
  id: WordId;
  cost: number;
}

const MOST_CANDIDATES = 12;
/** How much one edit counts against the word's frequency when only some candidates can be kept. */
const LOGARITHMS_PER_EDIT = 2;

const MOST_LONGER = 3;

interface Entry {
  id: WordId;
  letters: Uint8Array;
  set: number;
}

/** The shorter a word, the nearer it must be. */
function mostFor(written: string): number {
  if (written.length <= 3) return 1.05;
  return written.length <= 5 ? 1.75 : Math.min(2.5, 0.3 * written.length);
}

/** Finds the dictionary's words near a spelling. */
export class SpellingCandidates {
  readonly #model: LanguageModel;
  /** By length: ids and the letters that each word holds, one bit a letter. */
  readonly #byLength: Map<string, Entry[]>[] = [];
  readonly #found = new Map<string, SpellingCandidate[]>();

  constructor(model: LanguageModel) {
    this.#model = model;
    for (const [id, word] of model.words.entries()) {
      if (!(model.isWord(id) || model.isName(id)) || (word.length < 2 && word !== 'a' && word !== 'i')) continue;
      const letters = lettersOf(word);
      const byFirst = this.#byLength[word.length] ?? new Map<string, Entry[]>();
      const entry = { id, letters, set: setOf(letters) };
      const bucket = byFirst.get(word.charAt(0));
      if (bucket) bucket.push(entry);
      else byFirst.set(word.charAt(0), [entry]);
      this.#byLength[word.length] = byFirst;
    }
  }

  /** @param written in lower case @returns the likeliest first */
  near(written: string, most = mostFor(written)): SpellingCandidate[] {
    const key = `${most} ${written}`;
    const known = this.#found.get(key);
    if (known) return known;
    const candidates = this.#search(written, most);
    if (this.#found.size > 20_000) this.#found.clear();
    this.#found.set(key, candidates);
    return candidates;
  }

  #search(written: string, most: number): SpellingCandidate[] {
    const letters = lettersOf(written);
    const set = setOf(letters);
    const differing = Math.floor(most / LEAST_OF_NEW_LETTER);
    const reach = Math.min(MOST_LONGER, Math.floor(most / 0.45));
    const candidates: SpellingCandidate[] = [];
    for (let length = Math.max(1, written.length - reach); length <= written.length + reach; length++) {
      for (const entry of this.#entries(length, written, most)) {
        if (bitCount(entry.set & ~set) > differing || bitCount(set & ~entry.set) > differing) continue;
        const cost = editCost(letters, entry.letters, most);
        if (cost !== undefined && cost > 0)
          candidates.push({ word: this.#model.words[entry.id] ?? '', id: entry.id, cost });
      }
    }
    const rank = ({ id, cost }: SpellingCandidate): number => this.#model.frequency(id) - cost * LOGARITHMS_PER_EDIT;
    return candidates.sort((left, right) => rank(right) - rank(left)).slice(0, MOST_CANDIDATES);
  }

  /** Words of a length; where another first letter would cost too much, those that begin alike. */
  #entries(length: number, written: string, most: number): Iterable<Entry> {
    const byFirst = this.#byLength[length];
    if (!byFirst) return [];
    if (most >= LEAST_OF_FIRST_LETTER) return [...byFirst.values()].flat();
    const firsts = new Set([written.charAt(0), written.charAt(1)]);
    return [...firsts].flatMap((first) => byFirst.get(first) ?? []);
  }
}

/** The letters that a word holds, one bit each. */
function setOf(letters: Uint8Array): number {
  let set = 0;
  for (const letter of letters) set |= 1 << letter;
  return set;
}

function bitCount(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
