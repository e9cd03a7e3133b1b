import type { Finding } from '../finding.js';
import { readings } from './folding.js';
import { ENGLISH, RUSSIAN, type WordPattern } from './language.lexicon.js';

interface Compiled {
  category: string;
  confidence: number;
  whole: RegExp;
}

/** A class with its quantifier, or a letter that may be missing. */
const PIECE = /\[[^\]]+\][*+?]?|[a-zа-я]\??/g;

const lexicon: readonly Compiled[] = [...RUSSIAN, ...ENGLISH].map(compile);

/** Words with letters hidden behind stars, as `б**ть`, are these. */
const MASKED: readonly string[] = [
  'хуй',
  'хуя',
  'хуйня',
  'нахуй',
  'похуй',
  'пизда',
  'пиздец',
  'блядь',
  'блять',
  'бляди',
  'сука',
  'суки',
  'ебать',
  'ебаный',
  'ебучий',
  'ебанутый',
  'мудак',
  'мудаки',
  'пидор',
  'пидорас',
  'говно',
  'жопа',
  'fuck',
  'fucked',
  'fucking',
  'fucker',
  'shit',
  'shitty',
  'bullshit',
  'bitch',
  'bitches',
  'cunt',
  'asshole',
  'whore',
];

const LONGEST_MASKED = Math.max(...MASKED.map(({ length }) => length));

/** Insults and profanity in a text, the surest of each category. */
export function findBadLanguage(text: string, field: string): Finding[] {
  const strongest = new Map<string, number>();
  const note = (category: string, confidence: number): void => {
    strongest.set(category, Math.max(confidence, strongest.get(category) ?? 0));
  };
  for (const word of readings(text)) {
    for (const { category, confidence, whole } of lexicon) {
      if (whole.test(word)) note(category, confidence);
    }
    if (isMasked(word)) note('language/profanity', 0.85);
  }
  return [...strongest].map(([category, confidence]) => ({ category, confidence, field }));
}

function compile({ category, confidence, words }: WordPattern): Compiled {
  const alternatives = words.map((word) => word.replaceAll('_', '[a-zа-я]*').replaceAll(PIECE, stretched));
  return { category, confidence, whole: new RegExp(`^(?:${alternatives.join('|')})$`, 'u') };
}

function stretched(piece: string): string {
  if (piece.endsWith('?')) return `${piece.slice(0, -1)}*`;
  return /[*+]$/.test(piece) ? piece : `${piece}+`;
}

function isMasked(word: string): boolean {
  const stars = word.split('*').length - 1;
  if (stars === 0 || word.length > LONGEST_MASKED || word.replaceAll(/[^\p{L}]/gu, '').length < 2) return false;
  const pattern = new RegExp(`^${word.replaceAll(/[^\p{L}*]/gu, '').replaceAll('*', '\\p{L}')}$`, 'u');
  return MASKED.some((form) => pattern.test(form));
}
