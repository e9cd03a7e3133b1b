import type { EntityManager } from '@mikro-orm/postgresql';

/** What is different in this room's picture of the market. */
export interface MarketChange {
  /** Tutors of whom anything is different, counted figures too, or who are gone. */
  tutorIds: readonly string[];
  /** Orders that are new, different or gone. */
  orderIds: readonly string[];
}

/** Is told in the transaction that changes the picture of the market; nothing but its SQL may be awaited. */
export type MarketListener = (tx: EntityManager, change: MarketChange) => Promise<void>;

/** Tells all of a change, each id once; nothing when nothing is different. */
export async function tellChange(
  tx: EntityManager,
  listeners: readonly MarketListener[],
  change: MarketChange,
): Promise<void> {
  const [tutorIds, orderIds] = [[...new Set(change.tutorIds)], [...new Set(change.orderIds)]];
  if (tutorIds.length === 0 && orderIds.length === 0) return;
  for (const listener of listeners) await listener(tx, { tutorIds, orderIds });
}
