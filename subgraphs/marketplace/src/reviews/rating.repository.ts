import type { EntityManager } from '@mikro-orm/postgresql';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import type { Tutor } from '../tutors/tutor.entity.js';
import { add, type Counted, noDetails } from './rating.rules.js';
import type { Review } from './review.entity.js';
import { TutorRating } from './tutor-rating.entity.js';

/** What a tutor's published reviews add up to, batched. */
export const ratingsOfTutors = defineLoader<string, TutorRating | null>(
  async ({ em }, tutorIds) => {
    const found = await em.find(TutorRating, { tutorId: { $in: [...tutorIds] } });
    return new Map(found.map((rating) => [rating.tutorId, rating]));
  },
  { absent: () => null },
);

/**
 * Runs a change of a review and keeps the tutor's figures in step with it: only published reviews count. The tutor must
 * be locked.
 */
export async function recounting<Result>(
  tx: EntityManager,
  tutor: Tutor,
  review: Review,
  change: () => Result | Promise<Result>,
): Promise<Result> {
  const before = counted(review);
  const result = await change();
  await recount(tx, tutor, before, counted(review));
  return result;
}

/** Moves a tutor's figures from one review to another; null is none. The tutor must be locked. */
export async function recount(
  tx: EntityManager,
  tutor: Tutor,
  before: Counted | null,
  after: Counted | null,
): Promise<void> {
  if (!before && !after) return;
  const details =
    (await tx.findOne(TutorRating, { tutorId: tutor.id }, { refresh: true })) ??
    tx.create(TutorRating, { tutorId: tutor.id, ...noDetails });
  if (before) add(tutor, details, before, -1);
  if (after) add(tutor, details, after, 1);
}

/** What a review adds to its tutor's figures; null when others do not see it. */
export function counted({ state, rating, clarity, preparation, progress, reassurance }: Review): Counted | null {
  return state === 'PUBLISHED' ? { rating, clarity, preparation, progress, reassurance } : null;
}
