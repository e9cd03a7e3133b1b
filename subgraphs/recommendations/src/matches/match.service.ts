import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { type PairIds, pairKey } from '../pairs/pair.repository.js';
import type { PairScorer, ScoredPair } from '../pairs/pair-scorer.js';
import { type CompatibilityParts, compatibility } from '../results/compatibility.rules.js';
import { toldChance } from '../results/match-score.rules.js';
import { reasonsFor } from '../results/recommendation-reasons.js';
import { reasonText, type ToldReason } from '../results/recommendation-view.js';
import { applicationsSeenBy, ordersOfStudent } from './match.repository.js';

/** How well a tutor fits an order, as the graph has it; what is not asked for is not computed. */
export interface TutorMatch {
  score: number;
  chanceOfSuccess: number;
  degraded: boolean;
  compatibility: () => CompatibilityParts;
  reasons: () => ToldReason[];
}

/** How well tutors fit orders, for lists of either: what a request asks is answered together. */
export class MatchService {
  private readonly matches = defineLoader<PairIds, TutorMatch | null>(
    (context, pairs) => this.findMatches(context, pairs),
    { absent: () => null, keyOf: pairKey },
  );

  private readonly scores = defineLoader<string, number | null>((context, ids) => this.findScores(context, ids), {
    absent: () => null,
  });

  constructor(private readonly scorer: PairScorer) {}

  /** For the order's student; null for others, and when the tutor does not teach what the order wants. */
  async matchFor(context: RequestContext, tutorId: string, orderId: string): Promise<TutorMatch | null> {
    if (context.viewer.kind !== 'user' || !isId(tutorId) || !isId(orderId)) return null;
    return context.loader(this.matches).load({ tutorId, orderId });
  }

  /** For the order's student and the tutor; null for others. */
  async scoreOf(context: RequestContext, applicationId: string): Promise<number | null> {
    if (context.viewer.kind !== 'user' || !isId(applicationId)) return null;
    return context.loader(this.scores).load(applicationId);
  }

  private async findMatches(context: RequestContext, pairs: readonly PairIds[]): Promise<Map<string, TutorMatch>> {
    const now = new Date();
    const own = await ordersOfStudent(
      context.em,
      context.user.userId,
      pairs.map(({ orderId }) => orderId),
    );
    const byId = new Map(own.map((order) => [order.id, order]));
    const allowed = pairs.flatMap(({ tutorId, orderId }) => {
      const order = byId.get(orderId);
      return order ? [{ tutorId, order }] : [];
    });
    const scored = await this.scorer.score(context.em, allowed, now);
    return new Map(Array.from(scored, ([key, pair]) => [key, matchOf(context, pair, now)]));
  }

  private async findScores(context: RequestContext, ids: readonly string[]): Promise<Map<string, number>> {
    const seen = await applicationsSeenBy(context.em, context.user.userId, ids);
    const scored = await this.scorer.score(context.em, seen, new Date());
    return new Map(
      seen.flatMap(({ id, tutorId, order }) => {
        const pair = scored.get(pairKey({ tutorId, orderId: order.id }));
        return pair ? [[id, pair.match]] : [];
      }),
    );
  }
}

function matchOf(context: RequestContext, pair: ScoredPair, now: Date): TutorMatch {
  const { match, chance, degraded, facts, wish, row, subject, model } = pair;
  return {
    score: match,
    degraded,
    chanceOfSuccess: toldChance(chance),
    compatibility: () => compatibility(facts, wish),
    reasons: () =>
      reasonsFor(model.content, row, { tutor: facts, wish, subject, now }).map((reason) => ({
        ...reason,
        text: reasonText(context, reason),
      })),
  };
}
