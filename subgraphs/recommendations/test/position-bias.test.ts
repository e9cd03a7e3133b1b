import { describe, expect, it } from 'vitest';
import { estimatePositionBias, MOST_WEIGHT, weightOf } from '../src/ranking/position-bias.js';
import { type MadeUpLists, madeUpLists } from './logged-lists.js';

/** On a machine that does much else. */
const ESTIMATING_MS = 180_000;
const estimate = (options: Partial<MadeUpLists>) =>
  estimatePositionBias(madeUpLists({ count: 2_000, days: 30, ...options }).flatMap(({ rows }) => rows)).propensities;

describe('how likely each place is looked at', { timeout: ESTIMATING_MS }, () => {
  it.each([
    ['steep', (position: number) => 1 / position],
    ['mild', (position: number) => 1 / Math.sqrt(position)],
    ['none', () => 1],
  ])('is found in the logs alone where the bias is %s', (_name, looked) => {
    const found = estimate({ looked });
    const errors = found.slice(0, 12).map((propensity, place) => Math.abs(propensity - looked(place + 1)));
    expect(Math.max(...errors)).toBeLessThan(0.2);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.08);
  });

  it('is not the share of places of which something came: those at the top are wanted more', () => {
    const [looked, wanted] = [
      (position: number) => 1 / Math.sqrt(position),
      ([level = 0]: readonly number[]) => 3 * level - 3,
    ];
    const lists = madeUpLists({ count: 2_000, days: 30, looked, wanted, shuffled: 0.3 });
    const shares = [0, 1, 2, 3, 4].map((place) => lists.filter(({ rows }) => (rows[place]?.grade ?? 0) > 0).length);
    const naive = (shares[4] ?? 0) / (shares[0] ?? 1);
    const found = estimatePositionBias(lists.flatMap(({ rows }) => rows)).propensities;
    expect(Math.abs((found[4] ?? 0) - looked(5))).toBeLessThan(Math.abs(naive - looked(5)));
  });

  it('never rises, and is what is usual where nobody knows', () => {
    const found = estimate({ count: 300 });
    expect(found.every((propensity, place) => propensity <= (found[place - 1] ?? 1))).toBe(true);
    expect(estimatePositionBias([]).propensities[3]).toBeCloseTo(0.5);
  });

  it('makes a row stand for those that nobody saw, within bounds', () => {
    const bias = { propensities: [1, 0.5, 0.01] };
    expect([1, 2, 3, 99].map((position) => weightOf(bias, position))).toEqual([1, 2, MOST_WEIGHT, MOST_WEIGHT]);
  });
});
