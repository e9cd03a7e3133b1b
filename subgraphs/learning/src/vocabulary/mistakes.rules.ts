import type { EnglishEdit, EnglishEditKind } from '../english/english-check.js';
import { dedupeKeyOf, LONGEST_BACK, LONGEST_FRONT } from './card.rules.js';

/** A card that teaches one mistake. */
interface MistakeCard {
  front: string;
  back: string;
  kind: EnglishEditKind;
  dedupeKey: string;
}

/** So many cards come of one text: more would be a punishment. */
const MOST_OF_TEXT = 8;
/** Less sure edits may be wrong, and nobody should learn by heart what is. */
const SURE = 0.8;

const WORTH_LEARNING: ReadonlySet<EnglishEditKind> = new Set<EnglishEditKind>([
  'SPELLING',
  'ARTICLE',
  'AGREEMENT',
  'NOUN_NUMBER',
  'TENSE',
  'VERB_FORM',
  'PREPOSITION',
  'PRONOUN',
  'WORD_FORM',
  'WORD_CHOICE',
  'WORD_ORDER',
  'MISSING_WORD',
  'EXTRA_WORD',
]);

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Cards of what was surely wrong in a text and is worth learning, each once, in the text's order. */
export function cardsOfMistakes(text: string, edits: readonly EnglishEdit[]): MistakeCard[] {
  const sure = edits.filter(({ confidence }) => confidence >= SURE);
  const parts = sentencesOf(text);
  const cards = sure.flatMap((edit) => {
    const sentence = parts.find(({ start, end }) => start <= edit.start && edit.end <= end);
    const card = sentence && isWorthLearning(edit) ? cardOf(text, edit, sentence, sure) : null;
    return card ? [{ card, edit }] : [];
  });
  const once = [...new Map(cards.toReversed().map((one) => [one.card.dedupeKey, one])).values()];
  return once
    .toSorted((one, other) => other.edit.confidence - one.edit.confidence)
    .slice(0, MOST_OF_TEXT)
    .toSorted((one, other) => one.edit.start - other.edit.start)
    .map(({ card }) => card);
}

/** By which the card of a mistake is known again: a misspelt word wherever it stands, anything else between its neighbours. */
export function keyOfMistake(text: string, { start, end, kind, original, replacement }: EnglishEdit): string {
  if (kind === 'SPELLING') return dedupeKeyOf('MISTAKE', kind, original, replacement);
  const before = /[\p{L}\p{M}'’]+(?=\s*$)/u.exec(text.slice(Math.max(0, start - 50), start))?.[0] ?? '';
  const after = /^\s*([\p{L}\p{M}'’]+)/u.exec(text.slice(end, end + 50))?.[1] ?? '';
  return dedupeKeyOf('MISTAKE', kind, before, original, replacement, after);
}

/** Names and British spelling look misspelt to a checker: neither is taught otherwise. */
function isWorthLearning({ kind, original, replacement }: EnglishEdit): boolean {
  if (kind === 'SPELLING' && (/^\p{Lu}/u.test(original) || american(original) === american(replacement))) return false;
  return WORTH_LEARNING.has(kind);
}

/** A word with what American spelling does otherwise done so. */
function american(word: string): string {
  return word
    .toLowerCase()
    .replace(/([iy])s(?=e$|ed$|es$|er$|ing$|ation)/, '$1z')
    .replace(/our/, 'or')
    .replace(/ll(?=ed$|er$|ing$)/, 'l')
    .replace(/tre$/, 'ter');
}

interface Span {
  start: number;
  end: number;
}

/** The sentences of a text, as places in it; a line may end in the middle of one. */
function sentencesOf(text: string): Span[] {
  const joined = text.replaceAll('\r', ' ').replaceAll(/(?<!\n *)\n(?! *\n)/g, ' ');
  return [...sentences.segment(joined)].map(({ segment, index }) => ({ start: index, end: index + segment.length }));
}

/** The sentence with this one mistake between brackets on the front, and as it should be, and why, on the back. */
function cardOf(
  text: string,
  edit: EnglishEdit,
  { start, end }: Span,
  sure: readonly EnglishEdit[],
): MistakeCard | null {
  const others = sure.filter((other) => other !== edit && other.start >= start && other.end <= end);
  const before = applied(text, { start, end: edit.start }, others);
  const after = applied(text, { start: edit.end, end }, others);
  const marked = `[${text.slice(edit.start, edit.end).trim() || '…'}]`;
  const front = oneLine(`${before}${spaced(before, edit)}${marked}${spaced(after, edit, true)}${after}`);
  const back = `${oneLine(`${before}${edit.replacement}${after}`)}\n\n${edit.explanation}`.trim();
  if (front.length > LONGEST_FRONT || back.length > LONGEST_BACK) return null;
  return { front, back, kind: edit.kind, dedupeKey: keyOfMistake(text, edit) };
}

/** A blank where the mark would touch a word: edits that add one bring their blanks themselves. */
function spaced(beside: string, { original }: EnglishEdit, isAfter = false): string {
  if (original !== '') return '';
  return (isAfter ? /^[\p{L}\p{N}]/u : /[\p{L}\p{N},;:]$/u).test(beside) ? ' ' : '';
}

/** A piece of the text with the edits made that lie in it. */
function applied(text: string, { start, end }: Span, edits: readonly EnglishEdit[]): string {
  const inside = edits.filter((edit) => edit.start >= start && edit.end <= end).toSorted((a, b) => a.start - b.start);
  let from = start;
  let result = '';
  for (const edit of inside) {
    if (edit.start < from) continue;
    result += text.slice(from, edit.start) + edit.replacement;
    from = edit.end;
  }
  return result + text.slice(from, end);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
