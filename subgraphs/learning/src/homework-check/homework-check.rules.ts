import type { EnglishEdit } from '../english/english-check.js';

/** Why a person must look at a check. */
export const checkDoubts = [
  'NOT_SCORED',
  'LOW_CONFIDENCE',
  'DISAGREEMENT',
  'FULL_MARKS',
  'SPEAKS_TO_THE_CHECKER',
  'HAS_FILES',
] as const;
/** @see checkDoubts */
export type CheckDoubt = (typeof checkDoubts)[number];

/** What was counted, to be said in the language of whoever reads it: a message of the room and its values. */
export interface Counted {
  key: 'homework.length' | 'homework.mistakes';
  values: Readonly<Record<string, number>>;
}

/** What a check gives for one criterion. */
export interface CriterionScore {
  criterionId: string;
  /** Null when nothing could judge it. */
  score: number | null;
  /** 0 to 1. */
  confidence: number;
  /** What a model says of it; empty when it was counted. */
  reason: string;
  counted: Counted | null;
}

/** A mistake and what to put instead, as it is kept. */
export interface CheckedEdit extends EnglishEdit {
  /** Unique in its check. */
  id: string;
}
