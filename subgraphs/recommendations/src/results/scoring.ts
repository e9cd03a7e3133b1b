import { featureRow, type SubjectFacts, type TutorFacts } from '../ranking/features.js';
import { type ModelContent, rankRows } from '../ranking/ranking-model.js';
import type { Wish } from '../ranking/wish.js';
import { matchScore } from './match-score.rules.js';

/** What a model says of a tutor for a wish. */
export interface ScoredTutor {
  tutorId: string;
  facts: TutorFacts;
  /** As featureRow gives it. */
  row: number[];
  /** Of the model, on its own scale. */
  score: number;
  /** For people, 0 to 100. */
  match: number;
  /** The chance of success, 0 to 1. */
  chance: number;
}

/** What a model says of tutors for one wish, in their order. */
export function scoreTutors(
  model: ModelContent,
  facts: readonly TutorFacts[],
  { wish, subject, now }: { wish: Wish; subject: SubjectFacts; now: Date },
): ScoredTutor[] {
  const rows = facts.map((tutor) => featureRow(tutor, wish, subject, now));
  const ranked = rankRows(model, rows);
  return facts.flatMap((tutor, index) => {
    const [row, told] = [rows[index], ranked[index]];
    if (!(row && told)) return [];
    return [{ tutorId: tutor.tutorId, facts: tutor, row, ...told, match: matchScore(model, told.score) }];
  });
}
