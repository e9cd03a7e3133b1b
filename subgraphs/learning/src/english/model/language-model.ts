import { brotliDecompressSync } from 'node:zlib';

const PROBABILITY_STEP = 0.04;
const BACKOFF_STEP = 0.02;
const BACKOFF_ZERO = 200;

/** Of a word that the model has never seen. */
const UNKNOWN_LOGARITHM = -7.5;

/** A word's place in the model; -1: unknown to it. */
export type WordId = number;

/**
 * A model of three words with back-off (Katz), in lower case. Probabilities are decimal logarithms. Its n-grams are stored by
 * their last word, and under it by the word before.
 */
export class LanguageModel {
  readonly start: WordId;
  readonly end: WordId;
  readonly words: readonly string[];
  readonly #marks: Uint8Array;
  readonly #ids: Map<string, WordId>;
  readonly #unigram: Uint8Array;
  readonly #unigramBackoff: Uint8Array;
  readonly #bigramStart: Uint32Array;
  readonly #bigramPrevious: Uint16Array;
  readonly #bigram: Uint8Array;
  readonly #bigramBackoff: Uint8Array;
  readonly #trigramStart: Uint32Array;
  readonly #trigramPrevious: Uint16Array;
  readonly #trigram: Uint8Array;

  /** @param packed what `tools/build-english-model.ts` writes */
  constructor(packed: Uint8Array) {
    const planes = planesOf(brotliDecompressSync(packed));
    this.#unigram = planes.next();
    this.#unigramBackoff = planes.next();
    this.#bigramStart = startsFrom(planes.nextWide());
    this.#bigramPrevious = summed(planes.nextWide(), this.#bigramStart);
    this.#bigram = planes.next();
    this.#bigramBackoff = planes.next();
    this.#trigramStart = startsFrom(planes.nextWide());
    this.#trigramPrevious = summed(planes.nextWide(), this.#trigramStart);
    this.#trigram = planes.next();
    this.words = Buffer.from(planes.next()).toString('latin1').split('\n');
    this.#marks = planes.next();
    this.#ids = new Map(this.words.map((word, id) => [word, id]));
    this.start = this.id('<s>');
    this.end = this.id('</s>');
  }

  /** @param word in lower case */
  id(word: string): WordId {
    return this.#ids.get(word) ?? -1;
  }

  /** Whether a dictionary has the word in lower case. */
  isWord(word: WordId): boolean {
    return this.#marks[word] === 1;
  }

  /** Whether dictionaries have the word with a capital only. */
  isName(word: WordId): boolean {
    return this.#marks[word] === 2;
  }

  /** Of one word by itself. */
  frequency(word: WordId): number {
    return word < 0 ? UNKNOWN_LOGARITHM : -(this.#unigram[word] ?? 0) * PROBABILITY_STEP;
  }

  /** Of a word after two others. */
  probability(first: WordId, second: WordId, word: WordId): number {
    if (word < 0) return UNKNOWN_LOGARITHM;
    const pair = this.#pair(second, word);
    if (pair >= 0) {
      const triple =
        first < 0 ? -1 : find(this.#trigramPrevious, first, this.#trigramStart[pair], this.#trigramStart[pair + 1]);
      if (triple >= 0) return -(this.#trigram[triple] ?? 0) * PROBABILITY_STEP;
    }
    return this.#backoff(first, second) + (pair >= 0 ? this.#bigramAt(pair) : this.#alone(second, word));
  }

  /** Whether two words were seen beside one another. */
  hasPair(first: WordId, second: WordId): boolean {
    return this.#pair(first, second) >= 0;
  }

  /** Of a word after one other. */
  pairProbability(first: WordId, word: WordId): number {
    if (word < 0) return UNKNOWN_LOGARITHM;
    const pair = this.#pair(first, word);
    return pair >= 0 ? this.#bigramAt(pair) : this.#alone(first, word);
  }

  #bigramAt(pair: number): number {
    return -(this.#bigram[pair] ?? 0) * PROBABILITY_STEP;
  }

  #alone(before: WordId, word: WordId): number {
    return (before < 0 ? 0 : backoffOf(this.#unigramBackoff[before])) + this.frequency(word);
  }

  #backoff(first: WordId, second: WordId): number {
    const pair = this.#pair(first, second);
    return pair < 0 ? 0 : backoffOf(this.#bigramBackoff[pair]);
  }

  #pair(previous: WordId, word: WordId): number {
    if (previous < 0 || word < 0) return -1;
    return find(this.#bigramPrevious, previous, this.#bigramStart[word], this.#bigramStart[word + 1]);
  }
}

function backoffOf(quantised = BACKOFF_ZERO): number {
  return (quantised - BACKOFF_ZERO) * BACKOFF_STEP;
}

/** Where the value stands between two places of a sorted array, or -1. */
function find(sorted: Uint16Array, value: number, from = 0, to = 0): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function planesOf(plain: Buffer): { next(): Uint8Array; nextWide(): Uint16Array } {
  let offset = 0;
  const next = (): Uint8Array => {
    const length = plain.readUInt32LE(offset);
    const plane = new Uint8Array(plain.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
    return plane;
  };
  const nextWide = (): Uint16Array => {
    const low = next();
    const high = next();
    const wide = new Uint16Array(low.length);
    for (let index = 0; index < low.length; index++) wide[index] = (low[index] ?? 0) + (high[index] ?? 0) * 256;
    return wide;
  };
  return { next, nextWide };
}

/** Where each list begins, from the lengths of all. */
function startsFrom(lengths: Uint16Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (const [index, length] of lengths.entries()) starts[index + 1] = (starts[index] ?? 0) + length;
  return starts;
}

/** Undoes the differences, list by list. */
function summed(differences: Uint16Array, starts: Uint32Array): Uint16Array {
  for (let list = 0; list + 1 < starts.length; list++) {
    let sum = 0;
    for (let index = starts[list] ?? 0; index < (starts[list + 1] ?? 0); index++) {
      sum += differences[index] ?? 0;
      differences[index] = sum;
    }
  }
  return differences;
}
