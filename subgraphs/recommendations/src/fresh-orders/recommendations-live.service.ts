import { isId } from '@tutorgraph/kit/database/id';
import { endable } from '@tutorgraph/kit/events/endable';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { orderRecommendationsChanged, orderRecommendationsEnded } from '../events.js';
import { MarketOrder } from '../market/market.entity.js';
import { freshUntil, isFresh } from './fresh-order.rules.js';

const ordersById = defineLoader<string, MarketOrder | null>(
  async ({ em }, ids) => {
    const orders = await em.fork().find(MarketOrder, { id: { $in: [...ids] } });
    return new Map(orders.map((order) => [order.id, order]));
  },
  { absent: () => null },
);

const TYPES = [orderRecommendationsChanged.type, orderRecommendationsEnded.type];

/**
 * Tells when other tutors are recommended for an order than before, to its student and to staff, while it is open and
 * fresh. Whether one may hear it is asked again at each message.
 */
export class RecommendationsLiveService {
  constructor(private readonly live: LiveStream) {}

  /** Ends when the order is not open any longer, or not fresh. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    orderId: string,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    const order = await this.watched(context, orderId);
    return endable((ended) => this.untilStale(order, after, ended), context.signal);
  }

  /** The order that a message is about. @throws FORBIDDEN when the viewer may not hear it any longer */
  async heard(context: RequestContext, orderId: string, event: DomainEvent | null): Promise<{ id: string } | null> {
    const { id } = await this.watched(context, orderId);
    return event ? { id } : null;
  }

  private async *untilStale(
    order: MarketOrder,
    after: string | null | undefined,
    ended: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    const stale = new AbortController();
    const timer = setTimeout(() => stale.abort(), Math.max(0, freshUntil(order).getTime() - Date.now()));
    timer.unref();
    try {
      const signal = AbortSignal.any([ended, stale.signal]);
      for await (const message of this.live.subscribe({ after, keys: [`order:${order.id}`], types: TYPES, signal })) {
        if (message.event?.type === orderRecommendationsEnded.type) return;
        yield message;
        if (!isFresh(order, new Date())) return;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** The refusal does not tell whether there is such an order. */
  private async watched(context: RequestContext, orderId: string): Promise<MarketOrder> {
    const loader = context.loader(ordersById);
    // What the loader remembers may be old: a subscription lives long.
    const order = isId(orderId) ? await loader.clear(orderId).load(orderId) : null;
    if (order && (context.isUser(order.studentId) || context.can('recommendations.results.read'))) return order;
    throw forbidden('Only the student of this order may hear of it');
  }
}
