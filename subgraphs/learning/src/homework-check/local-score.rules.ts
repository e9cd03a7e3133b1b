import type { RubricCriterion } from '../homework/homework.rules.js';
import type { Counted, CriterionScore } from './homework-check.rules.js';

/** What one mistake in a hundred words costs of ACCURACY. */
const SHARE_PER_MISTAKE = 0.04;

const SURE = 1;
/** The local checker overlooks more than it finds, so that what it leaves is a bound rather than a judgement. */
const UNSURE = 0.5;

/** How many words a text has. */
export function countWords(text: string): number {
  return text.match(/\p{L}[\p{L}\p{M}'’-]*/gu)?.length ?? 0;
}

/** What can be said of a text without understanding it. */
export interface LocalFindings {
  words: number;
  /** How many of the mistakes that were found are to be expected to be some; null when its English was not checked. */
  mistakes: number | null;
  minWords: number | null;
}

/** How much of the wanted length is there, 0 to 1. */
export function lengthShare({ words, minWords }: LocalFindings): number {
  return minWords ? Math.min(1, words / minWords) : 1;
}

/** What the program alone gives for a criterion; null where it takes understanding. */
export function localScore(criterion: RubricCriterion, findings: LocalFindings): CriterionScore {
  const { id: criterionId, aspect, points } = criterion;
  const { words, mistakes, minWords } = findings;
  if (aspect === 'LENGTH') {
    const score = Math.round(points * lengthShare(findings));
    const counted: Counted = { key: 'homework.length', values: { words, minWords: minWords ?? 0 } };
    return { criterionId, score, confidence: SURE, reason: '', counted };
  }
  if (aspect === 'ACCURACY' && mistakes !== null && words > 0) {
    const rate = (mistakes * 100) / words;
    // A short text cannot show that somebody makes few mistakes.
    const share = Math.max(0, 1 - rate * SHARE_PER_MISTAKE) * lengthShare(findings);
    const counted: Counted = { key: 'homework.mistakes', values: { mistakes: Math.round(mistakes), words } };
    return { criterionId, score: Math.round(points * share), confidence: UNSURE, reason: '', counted };
  }
  return { criterionId, score: null, confidence: 0, reason: '', counted: null };
}
