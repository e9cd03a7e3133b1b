import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { defineNestedPages } from '../pages/nested-pages.js';
import { Review } from './review.entity.js';

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

/** Reviews of each tutor, the newest first. */
export const reviewPages = defineNestedPages<Review>(() => ({
  entity: Review,
  from: sql`from marketplace.reviews t where true`,
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
