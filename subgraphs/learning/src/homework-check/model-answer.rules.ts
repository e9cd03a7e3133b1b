import type { EnglishEdit } from '../english/english-check.js';
import { countWords } from './local-score.rules.js';
import type { ModelAnswer } from './model-question.js';

/** How sure a model is taken to be of its edits. */
const MODEL_CONFIDENCE = 0.7;

const LONGEST_EDIT = 120;
const MOST_ADDED_WORDS = 2;
const LONGEST_MESSAGE = 300;
/** A model that wants more of a text otherwise than this does not correct it, it rewrites it. */
const MOST_EDITED_SHARE = 0.4;
const LONGEST_SUMMARY = 600;
const LEAST_EVIDENCE_WORDS = 3;

/** What a model says of one criterion, as far as it holds. */
export interface Judgement {
  score: number;
  confidence: number;
  reason: string;
}

/** Confidence of a judgement without a passage that is in the text. */
const UNPROVEN = 0.3;

/** A model's judgement of one criterion; null when it gave none, several, or one that is out of bounds. */
export function judgementOf(
  answer: ModelAnswer,
  criterion: { id: string; points: number },
  text: string,
): Judgement | null {
  const [given, ...others] = answer.criteria.filter(({ criterionId }) => criterionId === criterion.id);
  if (!given || others.length > 0) return null;
  const { score, confidence, reason, evidence } = given;
  const isInBounds = score >= 0 && score <= criterion.points && confidence >= 0 && confidence <= 1;
  if (!isInBounds) return null;
  const believed = isProven(evidence, text) ? confidence : Math.min(confidence, UNPROVEN);
  return { score: Math.round(score), confidence: believed, reason: reason.slice(0, LONGEST_MESSAGE) };
}

/** Edits of a model that are about this text: what it does not say cannot be corrected, and nothing is invented. */
export function supportedEdits(answer: ModelAnswer, text: string): EnglishEdit[] {
  const edits = answer.edits
    .flatMap((edit) => placed(edit, text) ?? [])
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .filter((edit, index, all) => index === 0 || edit.start >= (all[index - 1]?.end ?? 0));
  const edited = edits.reduce((sum, { start, end }) => sum + end - start, 0);
  return edited > text.length * MOST_EDITED_SHARE ? [] : edits;
}

/** What a model says to the learner, if it is no longer than it was asked for. */
export function summaryOf({ summary }: ModelAnswer): string | null {
  const said = summary.trim();
  return said && said.length <= LONGEST_SUMMARY ? said : null;
}

function placed(edit: ModelAnswer['edits'][number], text: string): EnglishEdit | null {
  const { original, replacement, reason } = edit;
  const isSmall = original.length > 0 && Math.max(original.length, replacement.length) <= LONGEST_EDIT;
  const addsLittle = countWords(replacement) - countWords(original) <= MOST_ADDED_WORDS;
  if (!isSmall || !addsLittle || original === replacement || /https?:|www\.|[<>{}]/i.test(replacement)) return null;
  const start = text.slice(edit.start, edit.end) === original ? edit.start : onlyPlace(original, text);
  if (start === null) return null;
  const explanation = reason.slice(0, LONGEST_MESSAGE);
  return {
    ...{ start, end: start + original.length, original, replacement, suggestions: [replacement], explanation },
    ...{ kind: 'OTHER', confidence: MODEL_CONFIDENCE, source: 'model' },
  };
}

/** Where a passage is, when it is there once and as whole words: models count characters badly. */
function onlyPlace(passage: string, text: string): number | null {
  const first = text.indexOf(passage);
  if (first < 0 || text.indexOf(passage, first + 1) >= 0) return null;
  const isLetter = (at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at));
  const splitsBefore = isLetter(first) && isLetter(first - 1);
  const splitsAfter = isLetter(first + passage.length - 1) && isLetter(first + passage.length);
  return splitsBefore || splitsAfter ? null : first;
}

function isProven(evidence: string, text: string): boolean {
  const plain = (words: string): string => words.replaceAll(/\s+/g, ' ').trim().toLowerCase();
  return countWords(evidence) >= LEAST_EVIDENCE_WORDS && plain(text).includes(plain(evidence));
}
