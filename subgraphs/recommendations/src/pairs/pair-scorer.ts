import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { MarketOrder } from '../market/market.entity.js';
import type { SubjectFacts } from '../ranking/features.js';
import type { LoadedModel } from '../ranking/running-model.js';
import type { Wish } from '../ranking/wish.js';
import { Degradation } from '../results/degraded.js';
import { factsOf } from '../results/facts.repository.js';
import type { Recommender } from '../results/recommend.js';
import { type ScoredTutor, scoreTutors } from '../results/scoring.js';
import { wishOfOrder } from '../results/wish-of-order.js';
import { findPairRows, findPairSimilarities, type PairIds, pairKey } from './pair.repository.js';

/** What the running model says of a tutor for an order. */
export interface ScoredPair extends ScoredTutor {
  wish: Wish;
  subject: SubjectFacts;
  model: LoadedModel;
  /** Did something fail, so that this is only a sensible guess? */
  degraded: boolean;
}

/** A tutor and the order that they are looked at for. */
export interface Pair {
  tutorId: string;
  order: MarketOrder;
}

/** What the running model says of tutors and orders, whichever of both are many. */
export class PairScorer {
  constructor(
    private readonly recommender: Recommender,
    private readonly logger: Logger,
  ) {}

  /**
   * The scores of pairs by {@link pairKey}: a number of statements that does not depend on how many there are, but on how
   * many subjects. Pairs whose tutor does not teach the subject, or is hidden, have none. When texts cannot be compared, it
   * is done without them.
   */
  async score(em: EntityManager, pairs: readonly Pair[], now: Date): Promise<Map<string, ScoredPair>> {
    if (pairs.length === 0) return new Map();
    const degradation = new Degradation(this.logger);
    const ids = pairs.map(({ tutorId, order }): PairIds => ({ tutorId, orderId: order.id }));
    const wishes = new Map(pairs.map(({ order }) => [order.id, wishOfOrder(order)]));
    const [model, rows, similarities, usual] = await Promise.all([
      this.recommender.modelOf(em, null, degradation),
      findPairRows(em, ids),
      degradation.attempt('TEXTS', new Map<string, number>(), () => findPairSimilarities(em, ids)),
      this.usualOf(em, [...wishes.values()]),
    ]);
    const degraded = degradation.parts.length > 0;
    return new Map(
      rows.flatMap((row) => {
        const wish = wishes.get(row.orderId);
        const subject = wish && usual.get(usualKey(wish));
        if (!(wish && subject)) return [];
        const key = pairKey(row);
        const signs = { similarity: similarities.get(key) ?? null, collaborative: null };
        const facts = { ...factsOf(row, wish), ...signs };
        const scored = scoreTutors(model.content, [facts], { wish, subject, now });
        return scored.map((one): [string, ScoredPair] => [key, { ...one, wish, subject, model, degraded }]);
      }),
    );
  }

  private async usualOf(em: EntityManager, wishes: readonly Wish[]): Promise<Map<string, SubjectFacts>> {
    const different = new Map(wishes.map((wish) => [usualKey(wish), wish]));
    const found = await Promise.all(
      Array.from(different, async ([key, wish]) => [key, await this.recommender.usual(em, wish)] as const),
    );
    return new Map(found);
  }
}

function usualKey({ subjectId, currency }: Wish): string {
  return `${subjectId} ${currency ?? ''}`;
}
