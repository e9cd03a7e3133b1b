import { describe, expect, it } from 'vitest';
import { byModel, byRating, describe as describeAll, rank } from '../bench/simulator/arms.ts';
import { candidatesFor } from '../bench/simulator/facts.ts';
import { intervalOf, meanOf, studentT } from '../bench/simulator/intervals.ts';
import { type Show, SimulatedMarket } from '../bench/simulator/market.ts';
import { lookShare, makeOrder, makeTutor } from '../bench/simulator/people.ts';
import type { MarketSize, ShownOutcome } from '../bench/simulator/records.ts';
import { runSeed } from '../bench/simulator/run-seed.ts';
import { acceptance, utility, worth } from '../bench/simulator/tastes.ts';
import { FEATURE_NAMES } from '../src/ranking/features.js';
import { HAND_MADE } from '../src/ranking/ranking-model.js';

const SMALL: MarketSize = { tutors: 60, arrivals: 0.5, orders: 8 };

const byHand: Show = (order, market) => ({
  shown: rank(byModel(HAND_MADE), describeAll(market, order)).map(({ index }) => index),
});

/** A market that has lived so many days under the hand-made model. */
function lived(seed: number, days: number, size = SMALL): SimulatedMarket {
  const market = SimulatedMarket.open(seed, size);
  market.live(days, byHand);
  return market;
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [meanOf(one), meanOf(other)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    x.reduce((sum, value, index) => sum + (value - mx) * ((y[index] ?? 0) - my), 0);
  return product(one, other, a, b) / Math.sqrt(product(one, one, a, a) * product(other, other, b, b));
}

describe('a simulated market', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(lived(1, 20).state).toEqual(lived(1, 20).state);
    expect(lived(1, 20).state.histories).not.toEqual(lived(2, 20).state.histories);
  });

  it('is copied whole: the copy sees the same happen, and the original nothing of it', () => {
    const market = lived(3, 15);
    const before = structuredClone(market.state);
    const [one, other] = [market.copy(), market.copy()];
    one.live(10, byHand);
    other.live(10, byHand);
    expect(one.state).toEqual(other.state);
    expect(one.state).not.toEqual(before);
    expect(market.state).toEqual(before);
  });

  it('lets the same happen between two people, whoever else is in the list', () => {
    const market = lived(4, 10);
    const seen = (others: readonly number[]) => {
      const firsts: (ShownOutcome | undefined)[] = [];
      market.copy().live(1, () => ({ shown: [0, ...others], note: ([first]) => firsts.push(first) }));
      return firsts.map((first) => first?.opened);
    };
    expect(seen([1, 2, 3])).toEqual(seen([7, 8]));
    expect(new Set(seen([])).size).toBe(2);
  });

  it('shows what stands lower to fewer people', () => {
    const lists: (readonly ShownOutcome[])[] = [];
    const market = SimulatedMarket.open(5, { tutors: 200, arrivals: 0, orders: 100 });
    market.live(60, (order) => ({
      // In no order at all: only the place is left to make a difference.
      shown: Array.from({ length: 20 }, (_, place) => (order.index * 37 + place * 11) % 200),
      note: (outcomes) => lists.push(outcomes),
    }));
    const opened = (place: number) => lists.filter((outcomes) => outcomes[place - 1]?.opened).length;
    for (const place of [2, 5, 10, 20]) {
      expect(Math.abs(opened(place) / opened(1) - lookShare(place))).toBeLessThan(0.06);
    }
  });

  it('has newcomers without any history, and tutors who do not answer any more', () => {
    const market = lived(6, 60);
    const { tutors, histories } = market.state;
    expect(tutors.length).toBeGreaterThan(SMALL.tutors + 10);
    const newest = market.state.tutors.length - 1;
    expect(tutors[newest]?.profile.createdDay).toBeGreaterThan(40);
    expect(histories[newest]?.lessonCount).toBeLessThan(10);
    const order = { ...makeOrder(6, 0, 60), budgetMinor: null };
    const gone = tutors.find(({ hidden }) => hidden.quietFrom < 60);
    expect(gone && acceptance(order, gone, 0)).toBe(0);
  });

  it('lets fewer busy tutors want another student', () => {
    const [order, tutor] = [makeOrder(1, 1, 0), makeTutor(1, 1, 0)];
    expect(acceptance(order, tutor, 1)).toBeLessThan(acceptance(order, tutor, 0.2) / 2);
  });
});

describe('what rankings are told', () => {
  it('is nothing that is hidden', () => {
    const market = lived(7, 40);
    const order = market.copy().nextOrder();
    const other = market.copy();
    for (const tutor of other.state.tutors) {
      const { quality, reliability, styles, ...rest } = tutor.hidden;
      tutor.hidden = {
        ...rest,
        quality: -quality,
        reliability: 1 - reliability,
        styles: { ...styles, PATIENT: 1 - styles.PATIENT },
      };
      tutor.hidden.topics = tutor.hidden.topics.map((value) => -value);
      tutor.hidden.answerMinutes *= 10;
      tutor.hidden.eagerness -= 2;
      tutor.hidden.quietFrom = 0;
    }
    const [tutor, changed] = [market.state.tutors[0], other.state.tutors[0]];
    expect(tutor && changed && utility(order, tutor) !== utility(order, changed)).toBe(true);
    expect(describeAll(other, order)).toEqual(describeAll(market, order));
    const tastes = { ...order, hidden: makeOrder(99, 99, 0).hidden };
    expect(describeAll(market, tastes)).toEqual(describeAll(market, order));
  });

  it('shows quality only through what was counted: reviews and students who come back', () => {
    const { tutors, histories } = lived(8, 150, { tutors: 100, arrivals: 0, orders: 15 }).state;
    const known = tutors.filter((_, index) => (histories[index]?.studentCount ?? 0) >= 5);
    const of = (value: (index: number) => number) => known.map(({ index }) => value(index));
    const retention = of((index) => (histories[index]?.returningCount ?? 0) / (histories[index]?.studentCount ?? 1));
    const quality = known.map(({ hidden }) => hidden.quality);
    expect(correlation(retention, quality)).toBeGreaterThan(0.3);
    expect(correlation(retention, quality)).toBeLessThan(0.95);
  });

  it('is of tutors only who fulfil what was asked, in the columns of production', () => {
    const market = lived(9, 10);
    for (let index = 0; index < 40; index++) {
      const order = makeOrder(9, 1_000 + index, 10);
      for (const { profile } of candidatesFor(market, order)) {
        expect(profile.subjects).toContain(order.subject);
        expect(profile.levels).toContain(order.level);
        expect(profile.rateMinor).toBeLessThanOrEqual(1.15 * (order.budgetMinor ?? Number.POSITIVE_INFINITY));
      }
      for (const { row } of describeAll(market, order)) expect(row).toHaveLength(FEATURE_NAMES.length);
    }
  });
});

it('what a place is truly good for is how often somebody who turns to it finds a lasting match', () => {
  const market = SimulatedMarket.open(10, { tutors: 200, arrivals: 0, orders: 80 });
  const shown: { chance: number; outcome: ShownOutcome }[] = [];
  market.live(75, (order, now) => {
    const [first] = candidatesFor(now, order);
    if (order.day >= 60 || !first) return { shown: [] };
    // Whoever opens the profile turns to this tutor.
    order.hidden.otherwise = Number.NEGATIVE_INFINITY;
    const chance = worth(order, first, now.load(first.index));
    return { shown: [first.index], note: ([outcome]) => outcome && shown.push({ chance, outcome }) };
  });
  const turned = shown.filter(({ outcome }) => outcome.opened);
  const expected = meanOf(turned.map(({ chance }) => chance));
  const error = Math.sqrt((expected * (1 - expected)) / turned.length);
  expect(turned.length).toBeGreaterThan(1_000);
  expect(Math.abs(meanOf(turned.map(({ outcome }) => Number(outcome.repeated))) - expected)).toBeLessThan(4 * error);
});

it('tells of each ranking how well it does, and of none that it does better than the truth', {
  timeout: 120_000,
}, () => {
  const steps: string[] = [];
  const size = { tutors: 120, arrivals: 0.5, orders: 15 };
  const plan = { size, warmUpDays: 40, loggedDays: 70, testedDays: 15, judgedOrders: 60 };
  const figures = runSeed(1, plan, (step) => steps.push(step));
  expect(figures.ndcg.TRUTH).toBeCloseTo(1);
  for (const name of ['RATING', 'HAND_MADE', 'LEARNED'] as const) {
    expect(figures.ndcg[name]).toBeGreaterThan(0.2);
    expect(figures.ndcg[name]).toBeLessThan(1);
    expect(figures.matches[name]).toBeGreaterThan(0);
  }
  expect(steps).toEqual(['history', 'logging', 'learning', 'judging', 'RATING', 'HAND_MADE', 'LEARNED', 'TRUTH']);
});

it('sorting by rating puts the best rated first, and of those the more often reviewed', () => {
  const rows = [
    [4.5, 3],
    [4.8, 1],
    [4.8, 2],
  ].map(([rating = 0, reviewCount = 0]) =>
    FEATURE_NAMES.map((name) => (name === 'rating' ? rating : name === 'reviewCount' ? reviewCount : 0)),
  );
  const market = SimulatedMarket.open(1, SMALL);
  const [described] =
    Array.from({ length: 50 }, () => describeAll(market, market.nextOrder())).find((all) => all.length > 0) ?? [];
  if (!described) throw new Error('Nobody can be shown');
  const ranked = rank(
    byRating,
    rows.map((row, index) => ({ ...described, index, row })),
  );
  expect(ranked.map(({ index }) => index)).toEqual([2, 1, 0]);
});

it('says how sure one can be of a mean', () => {
  expect(studentT(19)).toBeCloseTo(2.093, 2);
  expect(studentT(4)).toBeCloseTo(2.776, 1);
  const { mean, low, high } = intervalOf([1, 2, 3, 4, 5]);
  expect(mean).toBe(3);
  expect(low).toBeCloseTo(1.04, 1);
  expect(high).toBeCloseTo(4.96, 1);
});
