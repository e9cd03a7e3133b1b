import {
  FEATURE_NAMES,
  featureRow,
  type SubjectFacts,
  type TutorFacts,
} from '@tutorgraph/recommendations/ranking/features';
import { type ModelContent, rankRows } from '@tutorgraph/recommendations/ranking/ranking-model';
import type { Wish } from '@tutorgraph/recommendations/ranking/wish';
import { candidatesFor, dateOf, factsOf, subjectFactsOf, wishOf } from './facts.ts';
import type { SimulatedMarket } from './market.ts';
import type { SimulatedOrder } from './people.ts';

/** A tutor who may be shown, as rankings see them. */
export interface RankedCandidate {
  index: number;
  facts: TutorFacts;
  row: number[];
  score: number;
}

/** A way to rank. */
export type Arm = (candidates: readonly Omit<RankedCandidate, 'score'>[]) => number[];

const RATING = FEATURE_NAMES.indexOf('rating');
const REVIEWS = FEATURE_NAMES.indexOf('reviewCount');

/** What most marketplaces begin with: the best rated first, drawn to the mean where reviews are few; then more reviews. */
export const byRating: Arm = (candidates) =>
  candidates.map(({ row }) => (row[RATING] ?? 0) + 1e-6 * (row[REVIEWS] ?? 0));

/** As the platform's models rank. */
export function byModel(model: ModelContent): Arm {
  return (candidates) =>
    rankRows(
      model,
      candidates.map(({ row }) => row),
    ).map(({ score }) => score);
}

/** Everybody who may be shown for an order, as the platform's own code describes them. */
export function describe(market: SimulatedMarket, order: SimulatedOrder): Omit<RankedCandidate, 'score'>[] {
  const [wish, now]: [Wish, Date] = [wishOf(order), dateOf(order.day)];
  const subject = usual(market, order);
  return candidatesFor(market, order).map(({ index }) => {
    const facts = factsOf(market, order, index);
    return { index, facts, row: featureRow(facts, wish, subject, now) };
  });
}

/** Everybody who may be shown, the best by this arm first. */
export function rank(arm: Arm, candidates: readonly Omit<RankedCandidate, 'score'>[]): RankedCandidate[] {
  const scores = arm(candidates);
  return candidates
    .map((candidate, index) => ({ ...candidate, score: scores[index] ?? 0 }))
    .sort((one, other) => other.score - one.score || one.index - other.index);
}

const remembered = new WeakMap<SimulatedMarket, Map<string, SubjectFacts>>();

/** What is usual in the order's subject, counted once a day. */
function usual(market: SimulatedMarket, { subject, day }: SimulatedOrder): SubjectFacts {
  const known = remembered.get(market) ?? new Map<string, SubjectFacts>();
  remembered.set(market, known);
  const key = `${subject} ${day}`;
  const facts = known.get(key) ?? subjectFactsOf(market, subject);
  known.set(key, facts);
  return facts;
}
