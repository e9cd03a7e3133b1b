import type { EnglishEdit } from './english-check.js';
import { editCost, lettersOf } from './model/edit-cost.js';

/** What is taken from a model besides what the local checker finds. */
interface MergeLimits {
  /** Words that one edit may touch, on either side. @default 6 */
  mostWords?: number;
  /** Content words that an edit may add beyond those that it takes away. @default 1 */
  mostAdded?: number;
}

/** Edits of both, merged, and the text with all of them made. */
interface MergedEdits {
  edits: EnglishEdit[];
  corrected: string;
}

/** Words that hold a sentence together and say nothing by themselves: a correction may add them. */
const FUNCTION_WORDS = new Set(
  `a an the this that these those some any no every each all both many much few little more most other another such i you he
  she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself herself itself
  ourselves themselves who whom whose which what when where why how there here and or but nor so yet if because although though
  while since unless until than as of in on at to for from with by about into onto over under after before between through
  during without within against among around behind off out up down away not n't is are was were be been being am has have had
  having do does did done doing will would can could shall should may might must also too very just only even then`.split(
    /\s+/,
  ),
);

/**
 * Joins what the local checker and a model found in one text. Of edits that overlap, the one of more confidence stays, the local
 * one at equal confidence. A model's edit is dropped when its original is not what stands at its span, when it touches too many
 * words, or when it brings in content that the learner did not write: it corrects, it never invents.
 */
export function mergeEdits(
  text: string,
  local: readonly EnglishEdit[],
  model: readonly EnglishEdit[],
  limits: MergeLimits = {},
): MergedEdits {
  const trusted = model
    .filter((edit) => isCorrection(edit, limits))
    .map((edit) => ({ ...edit, source: 'model' as const }));
  const candidates = [...local, ...trusted].filter(
    (edit) => isAtItsPlace(text, edit) && edit.original !== edit.replacement,
  );
  const ranked = candidates.sort((left, right) => right.confidence - left.confidence || rankOf(left) - rankOf(right));
  const kept: EnglishEdit[] = [];
  for (const edit of ranked) {
    const same = kept.findIndex((other) => isSame(edit, other));
    if (same >= 0) kept[same] = together(kept[same] as EnglishEdit, edit);
    else if (!kept.some((other) => overlap(edit, other))) kept.push(edit);
  }
  const edits = kept.sort((left, right) => left.start - right.start || left.end - right.end);
  return { edits, corrected: applyEdits(text, edits) };
}

/** Makes edits that are in the order of the text and do not overlap. */
export function applyEdits(text: string, edits: readonly Pick<EnglishEdit, 'start' | 'end' | 'replacement'>[]): string {
  let corrected = '';
  let from = 0;
  for (const { start, end, replacement } of edits) {
    corrected += text.slice(from, start) + replacement;
    from = end;
  }
  return corrected + text.slice(from);
}

function isAtItsPlace(text: string, { start, end, original }: EnglishEdit): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start <= end &&
    end <= text.length &&
    text.slice(start, end) === original
  );
}

function isCorrection({ original, replacement }: EnglishEdit, { mostWords = 6, mostAdded = 1 }: MergeLimits): boolean {
  const before = wordsOf(original);
  const after = wordsOf(replacement);
  if (before.length > mostWords || after.length > mostWords) return false;
  const taken = contentOf(before).filter((word) => !after.includes(word));
  const added = contentOf(after).filter((word) => !before.includes(word));
  // Each new word must stand for one that goes, as a correct spelling or form does.
  return (
    added.length <= taken.length &&
    added.length - taken.filter((word) => added.some((other) => isAkin(word, other))).length <= mostAdded
  );
}

/** Whether two words may be the same one, misspelt or in another form. */
function isAkin(left: string, right: string): boolean {
  const most = Math.max(left.length, right.length) / 2;
  return editCost(lettersOf(left), lettersOf(right), most) !== undefined;
}

function contentOf(words: readonly string[]): string[] {
  return words.filter((word) => !FUNCTION_WORDS.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\d]+(?:['’][\p{L}]+)*/gu) ?? [];
}

function isSame(left: EnglishEdit, right: EnglishEdit): boolean {
  return left.start === right.start && left.end === right.end && left.replacement === right.replacement;
}

/** Two found the same: it is the surer, and the suggestions of both stand. */
function together(kept: EnglishEdit, other: EnglishEdit): EnglishEdit {
  const confidence = 1 - (1 - kept.confidence) * (1 - other.confidence);
  return {
    ...kept,
    confidence: Number(confidence.toFixed(2)),
    suggestions: [...new Set([...kept.suggestions, ...other.suggestions])],
  };
}

/** Two edits of no length in one place overlap too: their order would be chance. */
function overlap(left: EnglishEdit, right: EnglishEdit): boolean {
  if (left.start === right.start) return true;
  return left.start < right.end && right.start < left.end;
}

function rankOf({ source }: EnglishEdit): number {
  return source === 'model' ? 1 : 0;
}
