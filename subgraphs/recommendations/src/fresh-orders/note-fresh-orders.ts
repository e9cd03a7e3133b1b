import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { orderRecommendationsEnded } from '../events.js';
import type { MarketChange } from '../market/market-change.js';
import { forgetEnded, markOrders, markSubjectsOf } from './fresh-order.repository.js';

/**
 * Notes for which fresh orders others may be recommended because of a change of the market, and tells which are open no
 * longer. Listens to the market, in its transaction.
 */
export async function noteFreshOrders(tx: EntityManager, { tutorIds, orderIds }: MarketChange): Promise<void> {
  if (tutorIds.length > 0) await markSubjectsOf(tx, tutorIds);
  if (orderIds.length === 0) return;
  await markOrders(tx, orderIds);
  for (const subject of await forgetEnded(tx, orderIds)) {
    recordEvent(tx, orderRecommendationsEnded.create({ subject, data: {} }));
  }
}
