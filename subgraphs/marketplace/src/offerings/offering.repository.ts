import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Offering } from './offering.entity.js';

/** What each tutor offers, in the order in which it was added; batched. */
export const offeringsByTutor = defineLoader<string, Offering[]>(
  async ({ em }, tutorIds) => {
    const offerings = await em.find(
      Offering,
      { tutorId: { $in: [...tutorIds] } },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return Map.groupBy(offerings, ({ tutorId }) => tutorId);
  },
  { absent: () => [] },
);

/** Offerings by id, batched. */
export const offeringsById = defineLoader<string, Offering | null>(
  async ({ em }, ids) => {
    const offerings = await em.find(Offering, { id: { $in: [...ids] } });
    return new Map(offerings.map((offering) => [offering.id, offering]));
  },
  { absent: () => null },
);

/** An offering of a tutor's own. */
export function findOwnOffering(tx: EntityManager, tutorId: string, id: string): Promise<Offering | null> {
  return isId(id) ? tx.findOne(Offering, { id, tutorId }) : Promise.resolve(null);
}

/** How much a tutor offers. */
export function countOfferings(tx: EntityManager, tutorId: string): Promise<number> {
  return tx.count(Offering, { tutorId });
}
