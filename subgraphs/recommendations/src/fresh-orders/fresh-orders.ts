import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { orderRecommendationsChanged } from '../events.js';
import type { MarketOrder } from '../market/market.entity.js';
import { Degradation } from '../results/degraded.js';
import type { KeptLists } from '../results/kept-lists.js';
import type { Recommender } from '../results/recommend.js';
import { wishOfOrder } from '../results/wish-of-order.js';
import { type DueOrder, forgetFreshOrder, settle, takeDue } from './fresh-order.repository.js';
import { isFresh, topOf } from './fresh-order.rules.js';

/** Orders that are fresh, and who stands at the top of their lists. */
export class FreshOrders {
  constructor(
    private readonly em: EntityManager,
    private readonly recommender: Recommender,
    private readonly lists: Pick<KeptLists, 'dropOrder'>,
    private readonly logger: Logger,
  ) {}

  /** Computes the lists of orders that are due anew, and records whose top is another one. @param limit of orders */
  async refresh(limit: number, signal: AbortSignal): Promise<void> {
    const due = await takeDue(this.em.fork(), limit);
    for (const one of due) {
      signal.throwIfAborted();
      const { order } = one;
      if (order && isFresh(order, new Date())) await this.refreshOne(one, order);
      else await forgetFreshOrder(this.em.fork(), one.orderId);
    }
  }

  private async refreshOne(due: DueOrder, order: MarketOrder): Promise<void> {
    const em = this.em.fork();
    const now = new Date();
    const model = await this.recommender.modelOf(em, null, new Degradation(this.logger));
    const wish = wishOfOrder(order);
    // Nobody waits for these lists, and there are many: no language model looks at them.
    const plain = { explores: false, reRanks: false };
    const list = await this.recommender.recommend(em, wish, { model, seed: order.id, ...plain, now });
    // What a failure did to a list is no news; it is due again when the lease is over.
    if (list.degraded.length > 0) return;
    const top = topOf(list.tutors.map(({ tutorId }) => tutorId));
    const isAnother = due.top !== null && due.top !== top;
    // Before it is told: whoever hears of it asks again, and must not be given the list that they have.
    if (isAnother) await this.lists.dropOrder(order.id);
    await transaction(em, async (tx) => {
      const isSettled = await settle(tx, due, top);
      if (!(isSettled && isAnother)) return;
      const event = { subject: order.id, data: { studentId: order.studentId } };
      recordEvent(tx, orderRecommendationsChanged.create(event));
    });
  }
}
