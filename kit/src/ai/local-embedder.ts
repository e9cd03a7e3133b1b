import { createHash } from 'node:crypto';
import { type Word, wordsOf } from './local-words.js';

/** Length of a vector: that of OpenAI's text-embedding-3-small, so that both fit one column. */
export const EMBEDDING_DIMENSIONS = 1536;

/** What the school, or another owner of texts, knows of its words. */
export interface LocalEmbedderOptions {
  /** Words and phrases that mean the same, in both languages; those of a group are made one feature. */
  synonyms?: readonly (readonly string[])[];
  /** A sample of the texts to be found, from which is learnt which words are rare and so tell more. */
  corpus?: readonly string[];
  /** What {@link stemFrequencies} learnt of such a sample before; instead of `corpus`. */
  frequencies?: StemFrequencies;
}

/** In how many texts of a sample each stem is. */
export interface StemFrequencies {
  /** Texts of the sample. */
  total: number;
  stems: readonly (readonly [stem: string, texts: number])[];
}

interface Sizes {
  word: number;
  stopWord: number;
  group: number;
  pair: number;
  sound: number;
  sounds: number;
}

/** How much each kind of feature weighs beside a word's stem. Changing one changes the version below. */
const WEIGHTS: Sizes = { word: 1, stopWord: 0.5, group: 1.5, pair: 0.6, sound: 0.35, sounds: 0.75 };
const VERSION = 'local-1';
const GRAM = 3;

/**
 * Vectors of short texts in Russian and English without a key or the network: stems, synonym groups, pairs of
 * neighbours and the trigrams of how words sound (typos, transliteration) hashed into a vector of length 1.
 * Knows words, not meaning. Good for some 10,000 texts a second.
 */
export class LocalEmbedder {
  /** Names the rules, the synonyms and the corpus: vectors of different models must never be compared. */
  readonly model: string;
  private readonly groups: SynonymGroups;
  private readonly rarity: Rarity;

  constructor(options: LocalEmbedderOptions = {}) {
    const { synonyms = [], corpus = [], frequencies = stemFrequencies(corpus) } = options;
    this.groups = new SynonymGroups(synonyms);
    this.rarity = new Rarity(frequencies);
    const known = JSON.stringify([WEIGHTS, synonyms, this.rarity.entries()]);
    this.model = `${VERSION}-${createHash('sha256').update(known).digest('hex').slice(0, 8)}`;
  }

  /** One vector a text, in the texts' order; a text without words gives zeros. */
  embed(texts: readonly string[]): number[][] {
    return texts.map((text) => hashed(this.features(text)));
  }

  /** What a text has and how much each weighs, before it is hashed: for whoever makes other vectors of it. */
  features(text: string): Map<string, number> {
    const words = wordsOf(text);
    const counts = new Map<string, number>();
    const add = (feature: string, weight: number) => counts.set(feature, (counts.get(feature) ?? 0) + weight);
    let before: Word | undefined;
    const isRussian = words.filter(({ isCyrillic }) => isCyrillic).length * 2 > words.length;
    for (const word of words) {
      const rarity = this.rarity.of(word.stem);
      // In a text of the other language a word such as `have` is what the text is about.
      if (word.isStopWord && word.isCyrillic === isRussian) {
        add(`w ${word.stem}`, WEIGHTS.stopWord * rarity);
      } else {
        add(`w ${word.stem}`, WEIGHTS.word * rarity);
        add(`s ${word.sound}`, WEIGHTS.sound * rarity);
        const grams = gramsOf(word.sound);
        // Long words have many trigrams; all of a word's together weigh the same.
        for (const gram of grams) add(`g ${gram}`, (WEIGHTS.sounds * rarity) / Math.sqrt(grams.length));
      }
      if (before) add(`p ${before.stem} ${word.stem}`, WEIGHTS.pair * Math.min(this.rarity.of(before.stem), rarity));
      before = word;
    }
    for (const [group, rarity] of this.groups.of(words, this.rarity)) add(`= ${group}`, WEIGHTS.group * rarity);
    return counts;
  }
}

/** Phrases of a group by their stems; the longest phrase that stands at a place counts. */
class SynonymGroups {
  private readonly groupOf = new Map<string, number>();
  private readonly longest: number;

  constructor(groups: readonly (readonly string[])[]) {
    let longest = 0;
    for (const [index, phrases] of groups.entries()) {
      for (const phrase of phrases) {
        const stems = wordsOf(phrase).map(({ stem }) => stem);
        longest = Math.max(longest, stems.length);
        this.groupOf.set(stems.join(' '), index);
      }
    }
    this.longest = longest;
  }

  *of(words: readonly Word[], rarity: Rarity): Generator<[group: number, rarity: number]> {
    for (let at = 0; at < words.length; at++) {
      for (let length = Math.min(this.longest, words.length - at); length > 0; length--) {
        const stems = words.slice(at, at + length).map(({ stem }) => stem);
        const group = this.groupOf.get(stems.join(' '));
        if (group === undefined) continue;
        yield [group, Math.max(...stems.map((stem) => rarity.of(stem)))];
        at += length - 1;
        break;
      }
    }
  }
}

/** Counts in how many texts each stem is. Those that fewer than `least` texts have are left out. @default least 1 */
export function stemFrequencies(corpus: readonly string[], least = 1): StemFrequencies {
  const texts = new Map<string, number>();
  for (const text of corpus) {
    for (const stem of new Set(wordsOf(text).map((word) => word.stem))) texts.set(stem, (texts.get(stem) ?? 0) + 1);
  }
  const stems = [...texts].filter(([, count]) => count >= least).sort(([a], [b]) => (a < b ? -1 : 1));
  return { total: corpus.length, stems };
}

/** Inverse document frequency of stems, 1 for all where there is no corpus. */
class Rarity {
  private readonly documents: ReadonlyMap<string, number>;
  private readonly total: number;

  constructor({ total, stems }: StemFrequencies) {
    this.total = total;
    this.documents = new Map(stems);
  }

  of(stem: string): number {
    if (this.total === 0) return 1;
    const found = this.documents.get(stem) ?? 0;
    return Math.log(1 + (this.total - found + 0.5) / (found + 0.5)) / Math.log(2 * this.total + 2);
  }

  entries(): [string, number][] {
    return [['', this.total], ...this.documents];
  }
}

function gramsOf(sound: string): string[] {
  const padded = `^${sound}$`;
  const grams: string[] = [];
  for (let at = 0; at + GRAM <= padded.length; at++) grams.push(padded.slice(at, at + GRAM));
  return grams;
}

/** Each feature at one place with a sign, so that those that meet there cancel out on the average; repeats count less. */
function hashed(counts: ReadonlyMap<string, number>): number[] {
  const vector = new Array<number>(EMBEDDING_DIMENSIONS).fill(0);
  for (const [feature, weight] of counts) {
    const hash = hashOfFeature(feature);
    const at = hash % EMBEDDING_DIMENSIONS;
    const size = weight > 1 ? 1 + Math.log(weight) : weight;
    vector[at] = (vector[at] ?? 0) + (hash & 0x8000_0000 ? -size : size);
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return vector;
  const length = Math.sqrt(squares);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
  return vector;
}

/** FNV-1a over UTF-16 code units, with a last mix: FNV's upper bits alone are poor for short texts. 32 bits, unsigned. */
export function hashOfFeature(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
