import { bestChoices, type Choice } from '../correct/lattice.js';
import { columnsOf, type Misspellings } from '../correct/sentence-columns.js';
import type { EnglishModel } from '../model/english-model.js';
import type { Token } from '../text/tokens.js';
import type { Draft } from './draft.js';
import { capitalised, surfaceOf, type TextStyle } from './surface.js';

const MOST_ALTERNATIVES = 3;
/** Decimal logarithms by which a change must be better than none: less is chance. */
const LEAST_MARGIN = 0.05;

/** A text that is being checked. */
export interface CheckedText {
  text: string;
  style: TextStyle;
  english: EnglishModel;
}

/** What happens to one token. */
interface Change {
  inserted: readonly string[];
  word: readonly string[] | undefined;
  choices: Choice[];
}

/** Words of one sentence that should be others, go, or stand where none stands. */
export function wordDrafts(checked: CheckedText, sentence: readonly Token[], misspellings: Misspellings): Draft[] {
  const columns = columnsOf(sentence, misspellings, checked.english);
  const choices = bestChoices(checked.english.words, columns).filter(({ margin }) => margin >= LEAST_MARGIN);
  const changes = new Map<number, Change>();
  for (const choice of choices) {
    const change = changes.get(choice.column.token) ?? { inserted: [], word: undefined, choices: [] };
    if (choice.column.isGap) change.inserted = choice.option.words;
    else change.word = choice.option.words;
    change.choices.push(choice);
    changes.set(choice.column.token, change);
  }
  const drafts: Draft[] = [];
  for (const [at] of sentence.entries()) {
    const change = changes.get(at);
    if (change) drafts.push(draftOf(checked, sentence, at, change, changes));
  }
  return drafts.filter(({ start, end, replacement }) => checked.text.slice(start, end) !== replacement);
}

function draftOf(
  checked: CheckedText,
  sentence: readonly Token[],
  at: number,
  change: Change,
  changes: Map<number, Change>,
): Draft {
  const token = sentence[at] as Token;
  const [choice] = change.choices.toSorted((left, right) => right.margin - left.margin);
  const kind = choice?.option.kind ?? 'OTHER';
  const rule = choice?.option.rule ?? '';
  const confidence = confidenceOf(rule, choice?.margin ?? 0);
  const common = { kind, rule, confidence, source: 'rules' as const };
  if (change.word?.length === 0 && change.inserted.length === 0)
    return { ...removal(checked, sentence, at, changes), alternatives: [], ...common };
  const replacement = written(checked, token, change);
  return {
    start: token.start,
    end: token.end,
    replacement,
    alternatives: alternativesOf(checked, token, change),
    ...common,
  };
}

/** A word goes together with the space behind it; the next word is shown, so that the learner sees where. */
function removal(
  checked: CheckedText,
  sentence: readonly Token[],
  at: number,
  changes: Map<number, Change>,
): { start: number; end: number; replacement: string } {
  const token = sentence[at] as Token;
  const next = sentence[at + 1];
  if (next?.kind !== 'word') return { start: sentence[at - 1]?.end ?? token.start, end: token.end, replacement: '' };
  const change = changes.get(at + 1);
  changes.delete(at + 1);
  const plain = change ? written(checked, next, change) : checked.text.slice(next.start, next.end);
  return { start: token.start, end: next.end, replacement: /^\p{Lu}/u.test(token.text) ? capitalised(plain) : plain };
}

function written({ text, style, english }: CheckedText, token: Token, { inserted, word }: Change): string {
  const isCapital = /^\p{Lu}/u.test(token.text);
  const own = word ? surfaceOf(word, token, style, english) : text.slice(token.start, token.end);
  if (inserted.length === 0) return own;
  const first = inserted.join(' ');
  if (!isCapital || token.text === 'I') return `${first} ${own}`;
  const isName = english.words.isName(english.words.id(token.text.toLowerCase()));
  return `${capitalised(first)} ${isName ? own : own.charAt(0).toLowerCase() + own.slice(1)}`;
}

/** Other spellings that may be meant. */
function alternativesOf({ style, english }: CheckedText, token: Token, { choices }: Change): string[] {
  const spelling = choices.find(({ option }) => option.kind === 'SPELLING');
  if (!spelling) return [];
  return spelling.column.options
    .slice(1)
    .filter((option) => option !== spelling.option && option.kind === 'SPELLING')
    .sort((left, right) => left.penalty - right.penalty)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ words }) => surfaceOf(words, token, style, english));
}

/** How often each rule is right where it barely applies. */
const LEAST_CONFIDENCE: Record<string, number> = {
  spelling: 0.6,
  slip: 0.6,
  'noun-number': 0.6,
  'verb-agreement': 0.65,
  agreement: 0.65,
  'a-or-an': 0.7,
  'confused-words': 0.55,
  'to-missing': 0.55,
  'preposition-missing': 0.6,
};

function confidenceOf(rule: string, margin: number): number {
  const least = LEAST_CONFIDENCE[rule] ?? 0.45;
  return Number((least + (0.97 - least) * (1 - Math.exp(-Math.max(0, margin) / 1.5))).toFixed(2));
}
