import type { Homework } from '../homework/homework.entity.js';
import type { RubricCriterion } from '../homework/homework.rules.js';
import type { CheckDoubt, CriterionScore } from './homework-check.rules.js';
import { type LocalFindings, lengthShare, localScore } from './local-score.rules.js';
import { judgementOf } from './model-answer.rules.js';
import type { ModelAnswer } from './model-question.js';

/** How sure a check must be of each criterion, unless a person looks. */
const LEAST_CONFIDENCE = 0.6;
/** How far a model may be above what is counted locally, and how far below, as shares of the points. */
const MOST_ABOVE = 0.25;
const MOST_BELOW = 0.5;
/** From which share of the points on a model praises everything. */
const PRAISE = 0.95;

/** What is known about a text when it is judged. */
export interface Evidence {
  homework: Pick<Homework, 'rubric' | 'maxScore'>;
  text: string;
  findings: LocalFindings;
  /** Null when none was asked or none answered. */
  answer: ModelAnswer | null;
  speaksToChecker: boolean;
  hasFiles: boolean;
}

/** What is made of it. */
export interface Verdict {
  scores: CriterionScore[];
  score: number | null;
  confidence: number;
  /** Why a person must look; none: nobody needs to. */
  doubts: CheckDoubt[];
}

/**
 * Judges a text by its rubric. Length is counted here. The mistakes that were found bound what a model may give for ACCURACY; what
 * it takes understanding for comes from the model, never above what the length allows. A model is not believed when it is unsure, gives no
 * proof, is far from what was counted, or praises everything: then a person looks.
 */
export function judge(evidence: Evidence): Verdict {
  const { homework, answer, speaksToChecker, hasFiles } = evidence;
  const judged = homework.rubric.map((criterion) => judgeCriterion(criterion, evidence));
  const scores = judged.map(({ score }) => score);
  const isWhole = scores.every(({ score }) => score !== null);
  const confidence = Math.min(...scores.map((one) => one.confidence));
  const isUnsure = scores.some((one) => one.score !== null && one.confidence < LEAST_CONFIDENCE);
  const doubts: [CheckDoubt, boolean][] = [
    ['NOT_SCORED', !isWhole],
    ['LOW_CONFIDENCE', isUnsure],
    ['DISAGREEMENT', judged.some(({ disagrees }) => disagrees)],
    ['FULL_MARKS', answer !== null && praisesAll(homework.rubric, scores)],
    ['SPEAKS_TO_THE_CHECKER', speaksToChecker],
    ['HAS_FILES', hasFiles],
  ];
  return {
    scores,
    score: isWhole ? sum(scores.map(({ score }) => score ?? 0)) : null,
    confidence,
    doubts: doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : [])),
  };
}

/** Is nothing left to be wished for in all that only a model has judged? */
function praisesAll(rubric: readonly RubricCriterion[], scores: readonly CriterionScore[]): boolean {
  const content = rubric.flatMap(({ aspect, points }, index) => {
    return aspect === 'CONTENT' ? [{ points, score: scores[index]?.score ?? 0 }] : [];
  });
  const [most, given] = [sum(content.map(({ points }) => points)), sum(content.map(({ score }) => score))];
  return most > 0 && given >= most * PRAISE;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function judgeCriterion(
  criterion: RubricCriterion,
  { answer, text, findings }: Evidence,
): { score: CriterionScore; disagrees: boolean } {
  const local = localScore(criterion, findings);
  const { id: criterionId, aspect, points } = criterion;
  const judgement = answer && judgementOf(answer, criterion, text);
  if (aspect === 'LENGTH' || !judgement) return { score: local, disagrees: false };
  const { score: wanted, confidence, reason } = judgement;
  if (aspect === 'CONTENT') {
    const score = Math.min(wanted, Math.round(points * lengthShare(findings)));
    return { score: { criterionId, score, confidence, reason, counted: null }, disagrees: false };
  }
  if (local.score === null) return { score: local, disagrees: false };
  const isTooHigh = wanted > local.score + points * MOST_ABOVE;
  const disagrees = isTooHigh || wanted < local.score - points * MOST_BELOW;
  const score = isTooHigh ? local.score : wanted;
  return { score: { criterionId, score, confidence, reason, counted: null }, disagrees };
}
