import { type GradedOutcome, gradeOf, OUTCOME_DAYS } from '@tutorgraph/recommendations/ranking/grades.rules';
import type { ModelContent } from '@tutorgraph/recommendations/ranking/ranking-model';
import { HAND_MADE } from '@tutorgraph/recommendations/ranking/ranking-model';
import { type TrainedRanker, trainRanker } from '@tutorgraph/recommendations/ranking/train-ranker';
import { dateOf } from './facts.ts';
import type { ShownOutcome } from './records.ts';

/** A list that was shown, and what became of it. */
export interface ShownList {
  orderIndex: number;
  day: number;
  /** Features of those who were shown, the first at the top. */
  rows: readonly (readonly number[])[];
  /** Of each of them. */
  outcomes: readonly ShownOutcome[];
}

/** Outcomes count so many days after a list was shown. */
export const FOLLOWED_DAYS = OUTCOME_DAYS;

/** Learns from lists as production does. @throws Error when there are too few of them */
export function learn(lists: readonly ShownList[], seed: number): ModelContent {
  const trained = trainRanker({ lists: lists.map(logged) }, { running: HAND_MADE, seed });
  if (trained.kind === 'TRAINED') return trained.content;
  throw new Error(`Nothing can be learned from so little: ${JSON.stringify(needs(trained))}`);
}

function needs({ found, needed }: Extract<TrainedRanker, { kind: 'TOO_LITTLE' }>) {
  return { found, needed };
}

function logged({ orderIndex, day, rows, outcomes }: ShownList) {
  return {
    shownAt: dateOf(day).getTime(),
    unit: `order-${orderIndex}`,
    rows: rows.map((features, index) => ({
      position: index + 1,
      features,
      grade: gradeOf(kindsOf(outcomes[index])),
    })),
  };
}

/** What became of a tutor, as it is logged in production. */
function kindsOf(outcome: ShownOutcome | undefined): GradedOutcome[] {
  if (!outcome) return [];
  const { opened, applied, chosen, booked, repeated, rating } = outcome;
  const happened = { OPENED: opened, APPLIED: applied, CHOSEN: chosen, BOOKED: booked, REPEATED: repeated } as const;
  const kinds = Object.entries(happened).filter(([, isSo]) => isSo);
  return [
    ...kinds.map(([kind]) => ({ kind: kind as keyof typeof happened, rating: null })),
    ...(rating === null ? [] : [{ kind: 'REVIEWED' as const, rating }]),
  ];
}
