import type { EnglishEditKind } from '../english-check.js';
import type { LanguageModel } from '../model/language-model.js';
import { type Token, tokensOf } from '../text/tokens.js';
import type { Draft } from './draft.js';
import type { CheckedText } from './word-drafts.js';

/** What harper says, its offsets made UTF-16 units and its suggestions whole replacements of the span. */
export interface HarperLint {
  rule: string;
  kind: string;
  message: string;
  start: number;
  end: number;
  replacements: readonly string[];
}

/** harper's kinds that are about mistakes; matters of taste are left out. */
const KINDS: Record<string, EnglishEditKind> = {
  Agreement: 'AGREEMENT',
  BoundaryError: 'SPELLING',
  Capitalization: 'CAPITALISATION',
  Eggcorn: 'WORD_CHOICE',
  Grammar: 'WORD_FORM',
  Malapropism: 'WORD_CHOICE',
  Nonstandard: 'WORD_FORM',
  Typo: 'SPELLING',
  Miscellaneous: 'OTHER',
  Redundancy: 'EXTRA_WORD',
  Usage: 'WORD_CHOICE',
  WordChoice: 'WORD_CHOICE',
  WordOrder: 'WORD_ORDER',
};

/** Rules of those kinds that are of taste, or that our own do better. */
const LEFT_OUT = new Set([
  'SpellCheck',
  'AnA',
  'AvoidAndAlso',
  'CondenseAllThe',
  'MissingPreposition',
  'MissingTo',
  'CorrectNumberSuffix',
]);

/** How much likelier a sentence must become with what harper proposes, in decimal logarithms. */
const LEAST_GAIN = 0.5;
/** One word is likelier than two, whatever it is. */
const PER_JOINED_WORD = 1;

/** What harper finds, its rules for spelling aside, where the model of words agrees. */
export function harperDrafts(checked: CheckedText, sentence: readonly Token[], lints: readonly HarperLint[]): Draft[] {
  const first = sentence[0]?.start ?? 0;
  const last = sentence.at(-1)?.end ?? 0;
  const opaque = sentence.filter(({ kind }) => kind === 'other' || kind === 'foreign');
  return lints
    .filter(
      ({ start, end }) =>
        start >= first && end <= last && !opaque.some((token) => token.start < end && start < token.end),
    )
    .flatMap((lint) => draftOf(checked, { start: first, end: last }, lint));
}

function draftOf(
  { text, style, english }: CheckedText,
  span: { start: number; end: number },
  lint: HarperLint,
): Draft[] {
  const kind = KINDS[lint.kind];
  const original = text.slice(lint.start, lint.end);
  if (!kind || LEFT_OUT.has(lint.rule) || lint.replacements.length === 0) return [];
  if (
    style === 'spaced' &&
    lint.replacements.some((replacement) => withoutSpaces(replacement) === withoutSpaces(original)) &&
    /['’.,!?;]/.test(original)
  )
    return [];
  if (/['’]\s?$/.test(text.slice(0, lint.start))) return [];
  const before = scoreOf(english.words, text.slice(span.start, span.end));
  const ranked = lint.replacements
    .filter((replacement) => wordsLost(original, replacement) === 0 || !isUnknown(english.words, replacement))
    .map((replacement) => {
      const changed = text.slice(span.start, lint.start) + replacement + text.slice(lint.end, span.end);
      const joined = withoutSpaces(replacement) === withoutSpaces(original) ? wordsLost(original, replacement) : 0;
      return { replacement, gain: scoreOf(english.words, changed) - before - joined * PER_JOINED_WORD };
    })
    .sort((left, right) => right.gain - left.gain);
  const [best] = ranked;
  if (!best || best.gain < LEAST_GAIN) return [];
  return [
    {
      start: lint.start,
      end: lint.end,
      replacement: best.replacement,
      alternatives: ranked.slice(1, 4).map(({ replacement }) => replacement),
      kind,
      rule: lint.rule,
      confidence: Number(Math.min(0.9, 0.6 + best.gain / 10).toFixed(2)),
      source: 'harper',
      message: lint.message,
    },
  ];
}

/** Of words only, case aside. */
function scoreOf(model: LanguageModel, sentence: string): number {
  let [first, second, score] = [-1, model.start, 0];
  for (const { kind, text } of tokensOf(sentence)) {
    if (kind === 'punctuation') continue;
    const id = model.id(text.toLowerCase().replace('’', "'"));
    score += model.probability(first, second, id);
    [first, second] = [second, id];
  }
  return score + model.probability(first, second, model.end);
}

function isUnknown(model: LanguageModel, word: string): boolean {
  return !word.includes(' ') && !model.isWord(model.id(word.toLowerCase()));
}

function wordsLost(original: string, replacement: string): number {
  return original.trim().split(/\s+/).length - replacement.trim().split(/\s+/).length;
}

function withoutSpaces(text: string): string {
  return text.replaceAll(' ', '').toLowerCase();
}
