import { ndcgOf } from '@tutorgraph/kit/boosting/ndcg';
import { HAND_MADE } from '@tutorgraph/recommendations/ranking/ranking-model';
import { explore } from '@tutorgraph/recommendations/results/exploration.rules';
import { type Arm, byModel, byRating, describe, type RankedCandidate, rank } from './arms.ts';
import { dateOf } from './facts.ts';
import { meanOf } from './intervals.ts';
import { FOLLOWED_DAYS, learn, type ShownList } from './learning.ts';
import { SimulatedMarket } from './market.ts';
import type { SimulatedOrder } from './people.ts';
import { type MarketSize, type ShownOutcome, USUAL_SIZE } from './records.ts';
import { worth } from './tastes.ts';

/** How long each part of an experiment takes, in days of the market. */
export interface Plan {
  size: MarketSize;
  /** Until the market has a history. */
  warmUpDays: number;
  /** In which lists are logged. */
  loggedDays: number;
  /** In which each ranking has the market for itself. */
  testedDays: number;
  /** Fresh orders on which all rank the same tutors. */
  judgedOrders: number;
}

/** What `npm run bench:ranker` does. */
export const USUAL_PLAN: Plan = {
  size: USUAL_SIZE,
  warmUpDays: 150,
  loggedDays: 121,
  testedDays: 45,
  judgedOrders: 500,
};

/** Rankings that are compared. TRUTH knows what nobody knows: how far one could come. */
export const armNames = ['RATING', 'HAND_MADE', 'LEARNED', 'TRUTH'] as const;
/** @see armNames */
export type ArmName = (typeof armNames)[number];

/** What one market showed. */
export interface SeedFigures {
  seed: number;
  /** Mean NDCG@10 by what each place is truly good for. */
  ndcg: Record<ArmName, number>;
  /** Lasting matches of 100 orders: chosen, and a second lesson taken. */
  matches: Record<ArmName, number>;
}

/** Places that are shown at once. */
const PAGE = 20;
const JUDGED_PLACES = 10;

/** Lives one market: a history, logging under the hand-made model, learning, and then each ranking by itself. */
export function runSeed(seed: number, plan: Plan, onStep: (step: string) => void = () => {}): SeedFigures {
  const market = SimulatedMarket.open(seed, plan.size);
  onStep('history');
  market.live(plan.warmUpDays, (order, now) => ({ shown: indexes(shownBy(byModel(HAND_MADE), order, now)) }));
  onStep('logging');
  const lists: ShownList[] = [];
  market.live(plan.loggedDays, (order, now) => {
    const shown = explored(shownBy(byModel(HAND_MADE), order, now, Number.POSITIVE_INFINITY), order).slice(0, PAGE);
    const rows = shown.map(({ row }) => row);
    const note = (outcomes: readonly ShownOutcome[]) =>
      lists.push({ orderIndex: order.index, day: order.day, rows, outcomes });
    return { shown: indexes(shown), note };
  });
  onStep('learning');
  // What was shown lately has not had its time.
  const learned = learn(
    lists.filter(({ day }) => day < market.state.day - FOLLOWED_DAYS),
    seed,
  );
  const arms: Record<ArmName, (market: SimulatedMarket, order: SimulatedOrder) => Arm> = {
    RATING: () => byRating,
    HAND_MADE: () => byModel(HAND_MADE),
    LEARNED: () => byModel(learned),
    TRUTH: byTruth,
  };
  onStep('judging');
  const ndcg = judged(market, arms, plan.judgedOrders);
  const matches = { RATING: 0, HAND_MADE: 0, LEARNED: 0, TRUTH: 0 };
  for (const name of armNames) {
    onStep(name);
    matches[name] = matchesOf(market.copy(), arms[name], plan.testedDays);
  }
  return { seed, ndcg, matches };
}

/** The NDCG@10 of each arm on fresh orders, all for the same tutors in the same state. */
function judged(
  from: SimulatedMarket,
  arms: Record<ArmName, (market: SimulatedMarket, order: SimulatedOrder) => Arm>,
  orders: number,
): Record<ArmName, number> {
  const market = from.copy();
  const values: Record<ArmName, number[]> = { RATING: [], HAND_MADE: [], LEARNED: [], TRUTH: [] };
  for (let index = 0; index < orders; index++) {
    const order = market.nextOrder();
    const candidates = describe(market, order);
    const gains = Float64Array.from(byTruth(market, order)(candidates));
    const groups = { gains, starts: Int32Array.of(0, candidates.length), weights: Float64Array.of(1) };
    for (const name of armNames) {
      const [value = Number.NaN] = ndcgOf(groups, arms[name](market, order)(candidates), JUDGED_PLACES);
      if (!Number.isNaN(value)) values[name].push(value);
    }
  }
  return Object.fromEntries(armNames.map((name) => [name, meanOf(values[name])])) as Record<ArmName, number>;
}

/** Lasting matches of 100 orders when one arm has the market for itself, its own crowds before the best included. */
function matchesOf(
  market: SimulatedMarket,
  arm: (market: SimulatedMarket, order: SimulatedOrder) => Arm,
  days: number,
): number {
  const until = market.state.day + days;
  const counted: (readonly ShownOutcome[])[] = [];
  market.live(days + FOLLOWED_DAYS, (order, now) => ({
    shown: indexes(shownBy(arm(now, order), order, now)),
    note: (outcomes) => {
      if (order.day < until) counted.push(outcomes);
    },
  }));
  return (100 * counted.filter((outcomes) => outcomes.some(({ repeated }) => repeated)).length) / counted.length;
}

function byTruth(market: SimulatedMarket, order: SimulatedOrder): Arm {
  return (candidates) =>
    candidates.map(({ index }) => {
      const tutor = market.state.tutors[index];
      return tutor ? worth(order, tutor, market.load(index)) : 0;
    });
}

function shownBy(arm: Arm, order: SimulatedOrder, market: SimulatedMarket, places = PAGE): RankedCandidate[] {
  return rank(arm, describe(market, order)).slice(0, places);
}

/** One place is given away as in production: see results/exploration.rules.ts. */
function explored(ranked: readonly RankedCandidate[], order: SimulatedOrder) {
  const offered = ranked.map((one) => ({ ...one, tutorId: one.facts.tutorId, steps: 0, explored: false }));
  return explore(offered, `order-${order.index}`, dateOf(order.day));
}

function indexes(shown: readonly { index: number }[]): number[] {
  return shown.map(({ index }) => index);
}
