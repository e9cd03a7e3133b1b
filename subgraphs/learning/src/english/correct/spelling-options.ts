import { irregularVerbs } from '../model/irregular-words.js';
import type { LanguageModel } from '../model/language-model.js';
import type { SpellingCandidates } from '../model/spelling-candidates.js';
import type { Option } from './lattice.js';

const PER_EDIT = 2.6;
const SPLIT = 1.2;
/** A wrong word is kept when nothing near it fits; one with a capital may be a name that no dictionary has. */
const KEPT = { none: 5, first: 3, inside: 0 };
const KEPT_DERIVED = 0;
/** A name is taken for another, or for a word, only when it is long and very near. */
const FEWEST_OF_NAME = 6;
const MOST_OF_NAME = { none: 1, first: 0.75, inside: 0.75 };
const FOR_A_NAME = 1.5;
/** The first word of a sentence may be a name as well. */
const LONG = 8;
const MOST_OF_FIRST = 1;
/** Learners form words that no dictionary lists, rightly so. */
const DERIVED = /^(?:un|non|re|pre|mis|over|under|anti|multi|self|inter|eco|co|out|super)(\w{4,})$/;
const FREQUENT = -5.6;
const KEPT_FREQUENT = 1;
/** What harper proposes and our own distance does not reach. */
const HARPER_EDITS = 1.6;
const HARPER_NEXT = 0.3;
const REAL_WORD = 3;
/** A word so frequent is no slip; what is confused with it, `confusionOptions` knows. */
const COMMON = -4.4;

const SHORTHAND: Record<string, string> = {
  u: 'you',
  ur: 'your',
  r: 'are',
  n: 'and',
  cuz: 'because',
  coz: 'because',
  thx: 'thanks',
  pls: 'please',
  plz: 'please',
  im: "i'm",
  ive: "i've",
};

/** What the model is given for a word that it must not judge: it knows none like it. */
export const UNKNOWN_WORD = '\u0000';

/** A word that no dictionary has. */
export interface Misspelling {
  /** In lower case. */
  word: string;
  /** Where it begins with a capital: as the first word of its sentence, or inside. */
  capital: 'none' | 'first' | 'inside';
  /** Joined to another word by a hyphen. */
  isPart: boolean;
  harper: readonly string[];
}

/** What a learner may have meant by a word that no dictionary has; the first option keeps it. */
export function misspellingOptions(
  misspelling: Misspelling,
  model: LanguageModel,
  candidates: SpellingCandidates,
): Option[] {
  const { word, capital, isPart } = misspelling;
  const options = [...meantBy(misspelling, model, candidates)].map(
    ([words, penalty]): Option => ({ words: words.split(' '), penalty, kind: 'SPELLING', rule: 'spelling' }),
  );
  // A word that many write, such as an abbreviation, is judged by what it stands beside.
  const isFrequent = SHORTHAND[word] === undefined && model.frequency(model.id(word)) > FREQUENT;
  const isDerived = model.isWord(model.id(DERIVED.exec(word)?.[1] ?? ''));
  const penalty = isPart || isDerived ? KEPT_DERIVED : isFrequent ? KEPT_FREQUENT : KEPT[capital];
  return [kept(isFrequent ? word : UNKNOWN_WORD, penalty), ...options];
}

/** Words that may be meant, each with its penalty. */
function meantBy(
  { word, capital, harper }: Misspelling,
  model: LanguageModel,
  candidates: SpellingCandidates,
): Map<string, number> {
  const found = new Map<string, number>();
  const add = (words: string, penalty: number): void => {
    if ((found.get(words) ?? Number.POSITIVE_INFINITY) > penalty) found.set(words, penalty);
  };
  for (const candidate of candidates.near(word)) {
    const isName = !model.isWord(candidate.id);
    const isBold = candidate.cost > MOST_OF_NAME[capital] || word.length < FEWEST_OF_NAME;
    if (isBold && (isName || capital === 'inside')) continue;
    if (capital === 'first' && word.length < LONG && candidate.cost > MOST_OF_FIRST) continue;
    add(candidate.word, candidate.cost * PER_EDIT + (isName && capital === 'none' ? FOR_A_NAME : 0));
  }
  if (capital === 'inside') return found;
  for (const [rank, suggestion] of harper.entries())
    if (capital === 'none' && /^[a-z ]+(?:'t)?$/.test(suggestion))
      add(suggestion.toLowerCase(), (HARPER_EDITS + rank * HARPER_NEXT) * PER_EDIT);
  for (const [left, right] of splits(word, model)) add(`${left} ${right}`, SPLIT);
  const meant = SHORTHAND[word];
  if (meant !== undefined) add(meant, 0);
  const verb = irregularVerbs.get(word.replace(/(?:ed|d)$/, '')) ?? irregularVerbs.get(word.replace(/ed$/, 'e'));
  if (verb && word.endsWith('ed')) for (const form of [verb.past, ...verb.participles]) add(form, 0);
  return found;
}

const BRITISH: [RegExp, string][] = [
  [/is(?=(?:e[ds]?|ing|ers?|ations?)$)/, 'iz'],
  [/practis/, 'practic'],
  [/ys(?=(?:e[ds]?|ing)$)/, 'yz'],
  [/our/, 'or'],
  [/ll(?=(?:ed|ing|ers?)$)/, 'l'],
  [/tre(?=s?$)/, 'ter'],
  [/ogue(?=s?$)/, 'og'],
  [/ence(?=s?$)/, 'ense'],
];

/** Whether a word is right in Britain: its American spelling is a word. */
export function isBritish(word: string, model: LanguageModel): boolean {
  return BRITISH.some(([pattern, american]) => {
    const other = word.replace(pattern, american);
    return other !== word && model.isWord(model.id(other));
  });
}

/** Words that may be meant by a name in small letters: `yong` is one, and `young` as well. */
export function smallNameOptions(word: string, model: LanguageModel, candidates: SpellingCandidates): Option[] {
  const frequency = model.frequency(model.id(word));
  return candidates
    .near(word, MOST_OF_NAME.none)
    .filter(({ id }) => model.isWord(id) && model.frequency(id) > frequency)
    .map(({ word: other, cost }) => ({ words: [other], penalty: cost * PER_EDIT, kind: 'SPELLING', rule: 'spelling' }));
}

/** Frequent words that differ from a real, rarer word by a slip. */
export function slipOptions(word: string, model: LanguageModel, candidates: SpellingCandidates): Option[] {
  const frequency = model.frequency(model.id(word));
  if (word.length < 4 || frequency > COMMON) return [];
  return candidates
    .near(word, 1)
    .filter(({ id, word: other }) => model.isWord(id) && model.frequency(id) > frequency + 0.3 && !other.includes("'"))
    .map(
      ({ word: other, cost }): Option => ({
        words: [other],
        penalty: REAL_WORD + cost,
        kind: 'SPELLING',
        rule: 'slip',
      }),
    );
}

function splits(word: string, model: LanguageModel): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 1; at < word.length - 1; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if (at === 1 && left !== 'a') continue;
    const [first, second] = [model.id(left), model.id(right)];
    if (model.isWord(first) && model.isWord(second) && model.hasPair(first, second)) pairs.push([left, right]);
  }
  return pairs;
}

function kept(word: string, penalty: number): Option {
  return { words: [word], penalty, kind: 'SPELLING', rule: 'kept' };
}
