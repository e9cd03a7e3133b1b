import { normalise, type Word, wordsOf } from '@tutorgraph/kit/ai/local-words';

/** Words that may stand between those of a phrase. */
const WIDEST_GAP = 2;
/** Phrases that begin with the beginning of a word are looked up by so many of its letters. */
const KEY_LENGTH = 3;

/** A word of a text, with how it is written there. */
export interface WrittenWord extends Word {
  /** In lower case, without accents and apostrophes. */
  written: string;
}

interface PhraseWord {
  stem: string;
  /** Is any word meant that begins so? Of those only stems would be too short. */
  isBeginning: boolean;
}

interface Phrase<Value> {
  words: readonly PhraseWord[];
  value: Value;
}

/** Words of a text in their order. */
export function writtenWordsOf(text: string): WrittenWord[] {
  return (normalise(text).match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((written) =>
    wordsOf(written).map((word) => ({ ...word, written })),
  );
}

/** Where a phrase stands in a list of words. */
export interface PhraseMatch<Value> {
  value: Value;
  /** Places of the phrase's words, in order. */
  places: readonly number[];
}

/** Finds many phrases in a text at once. Each is written as topics.ts says. */
export class PhraseBook<Value> {
  private readonly byStem = new Map<string, Phrase<Value>[]>();
  private readonly byBeginning = new Map<string, Phrase<Value>[]>();

  /** Adds phrases that are written with commas between them. */
  add(written: string, value: Value): this {
    for (const one of written.split(',')) {
      const words = one.trim().split(/\s+/).flatMap(phraseWords);
      const [first] = words;
      if (!first) continue;
      const isBeginning = first.isBeginning && first.stem.length >= KEY_LENGTH;
      const [index, key] = isBeginning
        ? [this.byBeginning, first.stem.slice(0, KEY_LENGTH)]
        : [this.byStem, first.stem];
      index.set(key, [...(index.get(key) ?? []), { words, value }]);
    }
    return this;
  }

  /** Every phrase of a text, the longest first where several begin at one word. No gap holds a word that `bars` says. */
  find(text: readonly WrittenWord[], bars: (word: WrittenWord) => boolean): PhraseMatch<Value>[] {
    return text.flatMap(({ stem, written }, start) => {
      const begun = [...(this.byStem.get(stem) ?? []), ...(this.byBeginning.get(written.slice(0, KEY_LENGTH)) ?? [])];
      const found = begun.flatMap(({ words, value }) => {
        const places = placesOf(words, text, start, bars);
        return places ? [{ value, places }] : [];
      });
      return found.sort((a, b) => b.places.length - a.places.length);
    });
  }
}

function phraseWords(written: string): PhraseWord[] {
  const isBeginning = written.endsWith('*');
  return wordsOf(isBeginning ? written.slice(0, -1) : written).map(({ stem }, index, all) => {
    const isLast = index === all.length - 1;
    // The beginning of a word is no word: it has no stem of its own.
    if (isBeginning && isLast) return { stem: beginningOf(written), isBeginning };
    return { stem, isBeginning: false };
  });
}

function beginningOf(written: string): string {
  return normalise(written.slice(0, -1)).split('-').at(-1) ?? '';
}

function placesOf(
  words: readonly PhraseWord[],
  text: readonly WrittenWord[],
  start: number,
  bars: (word: WrittenWord) => boolean,
): number[] | null {
  const places: number[] = [];
  for (const word of words) {
    const from = places.length === 0 ? start : (places.at(-1) ?? 0) + 1;
    const most = places.length === 0 ? start : from + WIDEST_GAP;
    const place = nextPlace(word, text, from, most, bars);
    if (place === null) return null;
    places.push(place);
  }
  return places;
}

function nextPlace(
  { stem, isBeginning }: PhraseWord,
  text: readonly WrittenWord[],
  from: number,
  most: number,
  bars: (word: WrittenWord) => boolean,
): number | null {
  for (let place = from; place <= most; place++) {
    const word = text[place];
    if (!word) return null;
    if (isBeginning ? word.written.startsWith(stem) : word.stem === stem) return place;
    if (bars(word)) return null;
  }
  return null;
}
