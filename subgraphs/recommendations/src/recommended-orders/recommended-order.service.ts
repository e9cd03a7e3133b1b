import { newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { DEFAULT_PER_PAGE, MOST_PER_PAGE } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { Variants } from '../experiments/variants.js';
import { findActiveEmbedding } from '../feedback/active-embedding.js';
import type { Feedback } from '../feedback/feedback.js';
import { distanceKm } from '../market/cities.js';
import type { MarketTutor } from '../market/market.entity.js';
import { pairKey } from '../pairs/pair.repository.js';
import type { PairScorer, ScoredPair } from '../pairs/pair-scorer.js';
import { type CompatibilityParts, compatibility } from '../results/compatibility.rules.js';
import { NEAR_KM } from '../results/hard-filter.js';
import { toldChance } from '../results/match-score.rules.js';
import { type AnswerableOrder, findAnswerableOrders, tutorOfAccount } from './answerable-orders.repository.js';
import { type OrderCursor, readOrderCursor, writeOrderCursor } from './order-cursor.js';
import { worthOf } from './order-worth.rules.js';

/** An open order that is worth answering. */
export interface OrderRecommendation {
  order: { id: string };
  score: number;
  chanceOfSuccess: number;
  compatibility: CompatibilityParts;
  waitingCount: number;
}

/** A page of orders, and how it came about. */
export interface OrderRecommendationPage extends Connection<OrderRecommendation> {
  requestId: string;
  degraded: boolean;
}

/** What the service is built on. */
interface RecommendedOrderParts {
  scorer: PairScorer;
  variants: Variants;
  feedback: Feedback;
}

interface Standing {
  worth: number;
  pair: ScoredPair;
  recommendation: OrderRecommendation;
}

/** Which part of the list is wanted. */
export interface OrderPage {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Which open orders a tutor should answer: the wish reversed. */
export class RecommendedOrderService {
  constructor(private readonly parts: RecommendedOrderParts) {}

  /**
   * The orders for the viewer as a tutor, those first that are worth most to answer; none for who has no profile that is
   * shown. A page goes on as the list stood when it was begun, as far as orders are still open.
   *
   * @throws BAD_USER_INPUT for a page size out of bounds or a cursor that is not one
   */
  async forViewer(context: RequestContext, { first, after }: OrderPage): Promise<OrderRecommendationPage> {
    const size = first ?? DEFAULT_PER_PAGE;
    if (size < 0 || size > MOST_PER_PAGE) throw badUserInput(`\`first\` must be 0 to ${MOST_PER_PAGE}`);
    const from = after ? readOrderCursor(after) : null;
    const at = from?.at ?? Date.now();
    const tutor = await tutorOfAccount(context.em, context.user.userId);
    const standings = tutor ? await this.standingsOf(context, tutor, new Date(at)) : [];
    const following = from ? standings.filter((standing) => isBehind(standing, from)) : standings;
    const shown = following.slice(0, size);
    const edges = shown.map(({ worth, recommendation }) => {
      return { cursor: writeOrderCursor({ at, worth, id: recommendation.order.id }), node: recommendation };
    });
    return {
      requestId: await this.log(context, shown, standings),
      degraded: standings.some(({ pair }) => pair.degraded),
      edges,
      pageInfo: {
        hasNextPage: following.length > size,
        hasPreviousPage: following.length < standings.length,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      totalCount: async () => standings.length,
    };
  }

  private async standingsOf({ em }: RequestContext, tutor: MarketTutor, now: Date): Promise<Standing[]> {
    const answerable = await findAnswerableOrders(em, tutor, now);
    const near = answerable.filter(({ order }) => order.format === 'ONLINE' || isNear(order.city, tutor.city));
    const pairs = near.map(({ order }) => ({ tutorId: tutor.id, order }));
    const scored = await this.parts.scorer.score(em, pairs, now);
    return near
      .flatMap(({ order, waitingCount }: AnswerableOrder): Standing[] => {
        const pair = scored.get(pairKey({ tutorId: tutor.id, orderId: order.id }));
        if (!pair) return [];
        const { facts, wish, chance, match } = pair;
        const parts = compatibility(facts, wish);
        const worth = worthOf({ chance, compatibility: parts, waitingCount, createdAt: order.createdAt }, now);
        const recommendation = {
          order: { id: order.id },
          score: match,
          chanceOfSuccess: toldChance(chance),
          waitingCount,
        };
        return [{ worth, pair, recommendation: { ...recommendation, compatibility: parts } }];
      })
      .sort((a, b) => b.worth - a.worth || (a.recommendation.order.id < b.recommendation.order.id ? -1 : 1));
  }

  /** Notes which orders the viewer is shown, nothing where there are none. @returns the id of what is noted */
  private async log(
    { em, user }: RequestContext,
    shown: readonly Standing[],
    standings: readonly Standing[],
  ): Promise<string> {
    const [first] = shown;
    if (!first) return newId();
    const { variants, feedback } = this.parts;
    const areTextsCompared = standings.some(({ pair }) => pair.facts.similarity !== null);
    const offset = standings.indexOf(first);
    return feedback.logOrders(
      {
        ...{ surface: 'ORDERS', viewerId: user.userId, orderId: null, subjectId: null, city: null },
        modelId: first.pair.model.id,
        embeddingModel: areTextsCompared ? await findActiveEmbedding(em) : null,
        variants: await variants.lookedUp(em, { userId: user.userId, cluster: null }),
        ...{ degraded: first.pair.degraded, candidateCount: standings.length, list: 'orders', at: new Date() },
      },
      shown.map(({ worth, recommendation: { order, chanceOfSuccess } }, index) => ({
        ...{ orderId: order.id, position: offset + index + 1, score: worth, chance: chanceOfSuccess },
      })),
    );
  }
}

function isNear(wanted: string | null | undefined, taughtIn: string | null | undefined): boolean {
  if (!wanted || !taughtIn) return false;
  return wanted === taughtIn || (distanceKm(wanted, taughtIn) ?? Number.POSITIVE_INFINITY) <= NEAR_KM;
}

function isBehind({ worth, recommendation }: Standing, from: OrderCursor): boolean {
  return worth < from.worth || (worth === from.worth && recommendation.order.id > from.id);
}
