import type { OutcomeKind } from '../feedback/feedback.entity.js';

/** What became of a tutor who was shown, with the rating where it is a review. */
export interface GradedOutcome {
  kind: OutcomeKind;
  /** 1 to 5; null for what is no review. */
  rating: number | null;
}

/**
 * How good each outcome shows a recommendation to have been; what counts is the best of a tutor's. In NDCG a grade is
 * worth 2^grade − 1: a lasting match as much as five applications. What is opened is many times what is chosen and tells of
 * the card, hardly of the match: in simulated markets a grade of 1 for it drowned everything else.
 */
const GRADES: Readonly<Record<OutcomeKind, number>> = {
  /** The student looked: that the place was looked at is most of what it tells. */
  OPENED: 0.1,
  /** The tutor wants the student and has time for them. */
  APPLIED: 2,
  /** The student wanted them. */
  CHOSEN: 3,
  /** A lesson was agreed. */
  BOOKED: 3,
  /** A review stands for a lesson; see below for a bad one. */
  REVIEWED: 3,
  /** The student came back. */
  REPEATED: 4,
};

/** From this grade on a recommendation was a success: the student chose or booked. It is what a chance is the chance of. */
export const SUCCESS = 3;
/** A rating as low as this tells of a lesson that should not have been recommended. */
const BAD_RATING = 2;

/** Outcomes count so long after the tutor was shown. */
export const OUTCOME_DAYS = 21;

/** How good it was to show a tutor of whom this came; 0 when nothing did. */
export function gradeOf(outcomes: readonly GradedOutcome[]): number {
  const isBad = outcomes.some(({ rating }) => rating !== null && rating <= BAD_RATING);
  const best = outcomes.reduce((grade, { kind }) => Math.max(grade, GRADES[kind]), 0);
  const cameBack = outcomes.some(({ kind }) => kind === 'REPEATED');
  // Who came back in spite of a bad review was well served.
  return isBad && !cameBack ? Math.min(best, GRADES.OPENED) : best;
}
