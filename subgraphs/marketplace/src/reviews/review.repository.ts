import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { Review } from './review.entity.js';
import { ReviewAnswer } from './review-answer.entity.js';

/** Reviews by id, batched. */
export const reviewsById = defineLoader<string, Review | null>(
  async ({ em }, ids) => {
    const reviews = await em.find(Review, { id: { $in: ids.filter(isId) } });
    return new Map(reviews.map((review) => [review.id, review]));
  },
  { absent: () => null },
);

/** The review of each booking, batched. */
export const reviewsByBooking = defineLoader<string, Review | null>(
  async ({ em }, bookingIds) => {
    const reviews = await em.find(Review, { bookingId: { $in: [...bookingIds] } });
    return new Map(reviews.map((review) => [review.bookingId, review]));
  },
  { absent: () => null },
);

/** Answers by id, batched. */
export const answersById = defineLoader<string, ReviewAnswer | null>(
  async ({ em }, ids) => {
    const answers = await em.find(ReviewAnswer, { id: { $in: [...ids] } });
    return new Map(answers.map((answer) => [answer.id, answer]));
  },
  { absent: () => null },
);

/** What tutors answered to reviews, by the review, batched. */
export const answersByReview = defineLoader<string, ReviewAnswer | null>(
  async ({ em }, reviewIds) => {
    const answers = await em.find(ReviewAnswer, { reviewId: { $in: [...reviewIds] } });
    return new Map(answers.map((answer) => [answer.reviewId, answer]));
  },
  { absent: () => null },
);

/** What others see of each tutor's reviews, and what the viewer wrote, the newest first. */
export const reviewPages = defineNestedPages<Review>(({ viewer }) => ({
  entity: Review,
  from:
    viewer.kind === 'user'
      ? sql`from marketplace.reviews t where (t.state = 'PUBLISHED' or t.student_id = ${viewer.userId})`
      : sql`from marketplace.reviews t where t.state = 'PUBLISHED'`,
  parent: sql`t.tutor_id`,
  order: [
    { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ],
}));

/** A review by id. */
export function findReview(em: EntityManager, id: string): Promise<Review | null> {
  return isId(id) ? em.findOne(Review, { id }) : Promise.resolve(null);
}

/** A review as it is now, locked until the transaction ends; null when it was deleted meanwhile. */
export function lockReview(tx: EntityManager, id: string): Promise<Review | null> {
  return tx.findOne(Review, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** What a tutor answered to a review. */
export function findAnswer(em: EntityManager, reviewId: string): Promise<ReviewAnswer | null> {
  return em.findOne(ReviewAnswer, { reviewId });
}
