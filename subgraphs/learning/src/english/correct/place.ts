import type { Inflections } from '../model/inflections.js';

/** Where in a sentence something may be wrong: its words in lower case, without what only punctuates. */
export interface Place {
  /** Punctuation stands as it is written; numbers as `#`. */
  readonly words: readonly string[];
  readonly at: number;
}

/** The word at so many places from here; '' outside of the sentence. */
export function near(place: Place, distance: number): string {
  return place.words[place.at + distance] ?? '';
}

const ADVERBS = new Set(
  `not also even always never often usually sometimes just still already really only ever soon probably simply actually
  easily quickly certainly clearly finally rarely hardly n't n’t`.split(/\s+/),
);

/** The word before, adverbs such as `not` or `also` skipped. */
export function headBefore(place: Place): string {
  for (let distance = -1; distance >= -3; distance--) {
    const word = near(place, distance);
    if (!(ADVERBS.has(word) || /^.{4,}ly$/.test(word))) return word;
  }
  return near(place, -1);
}

const PREPOSITIONS = setOf('of in on at for with from by about to than as');

/** Whether a noun that can only be a plural stands just before, and belongs to no preposition, as in `the use of cars`. */
export function isPluralSubject(place: Place, inflections: Inflections): boolean {
  const forms = inflections.formsAs(near(place, -1));
  if (!forms.has('s') || forms.has('base')) return false;
  return ![-2, -3, -4].some((distance) => PREPOSITIONS.has(near(place, distance)));
}

/** The names of a list in one text. */
export function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
