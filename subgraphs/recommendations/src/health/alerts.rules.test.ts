import { describe, expect, it } from 'vitest';
import { type Finding, findingsOf, type Health } from './alerts.rules.js';
import { shifted } from './days.js';
import { fairnessOf } from './fairness.rules.js';
import type { ModelDay, ModelReference } from './health.entity.js';

const TODAY = '2026-11-21';
const NO_FAIRNESS = fairnessOf([]);

/** Days of a model before today: the first is yesterday. */
function daysOf(count: number, make: (ago: number) => Partial<ModelDay>): ModelDay[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ modelId: 'model', day: shifted(TODAY, -index - 1), lists: 100, degraded: 0, shown: 1_000 },
    ...{ openedLists: 40, successLists: 20, bookedLists: 10, hits: 15, ndcgSum: 30, ndcgLists: 40 },
    ...{ places: [], chances: [], features: {}, scores: [] },
    ...{ visibleTutors: 100, shownTutors: 90, gini: 0.3, computedAt: new Date(TODAY) },
    ...make(index + 1),
  })).reverse() as ModelDay[];
}

const REFERENCE = {
  features: { rating: [0, 50, 50], age: [0, 50, 50] },
  scores: [0, 50, 50],
} as unknown as ModelReference;

function look(make: (ago: number) => Partial<ModelDay>, more: Partial<Health> = {}): Finding[] {
  return findingsOf({ today: TODAY, days: daysOf(56, make), reference: null, fairness: NO_FAIRNESS, ...more });
}

const state = (findings: Finding[], kind: string) => findings.find((one) => one.kind === kind)?.state;

describe('what is said of a model', () => {
  it('is well when its figures are as before', () => {
    expect(look(() => ({})).map((one) => [one.kind, one.state])).toEqual([
      ['CLICK_THROUGH', 'WITHIN'],
      ['CONVERSION', 'WITHIN'],
      ['COVERAGE', 'WITHIN'],
    ]);
  });

  it('is nothing of a model that ranked little', () => {
    expect(look(() => ({ lists: 2, openedLists: 1, successLists: 1, shown: 3 }))).toEqual([]);
    expect(findingsOf({ today: TODAY, days: [], reference: REFERENCE, fairness: NO_FAIRNESS })).toEqual([]);
  });

  it('is that fewer profiles are opened this week, not that they are in one that has long gone', () => {
    expect(
      state(
        look((ago) => ({ openedLists: ago <= 7 ? 20 : 40 })),
        'CLICK_THROUGH',
      ),
    ).toBe('OUT');
    expect(
      state(
        look((ago) => ({ openedLists: ago <= 7 ? 30 : 40 })),
        'CLICK_THROUGH',
      ),
    ).toBe('BETWEEN');
    expect(
      state(
        look((ago) => ({ openedLists: ago <= 7 ? 40 : 20 })),
        'CLICK_THROUGH',
      ),
    ).toBe('WITHIN');
    expect(
      state(
        look((ago) => ({ openedLists: ago > 40 ? 0 : 40 })),
        'CLICK_THROUGH',
      ),
    ).toBe('WITHIN');
  });

  it('is not that fewer are when it may be chance', () => {
    const few = (ago: number) => ({ lists: 29, openedLists: ago <= 7 ? 2 : 3 });
    expect(state(look(few), 'CLICK_THROUGH')).toBe('BETWEEN');
  });

  it('is that fewer tutors are chosen, once their outcomes are there', () => {
    expect(
      state(
        look((ago) => ({ successLists: ago <= 21 ? 0 : 20 })),
        'CONVERSION',
      ),
    ).toBe('WITHIN');
    expect(
      state(
        look((ago) => ({ successLists: ago <= 28 ? 5 : 20 })),
        'CONVERSION',
      ),
    ).toBe('OUT');
  });

  it('is that chances are wrong', () => {
    const chances = (succeeded: number) => [{ count: 100, chances: 50, succeeded }];
    expect(
      state(
        look(() => ({ chances: chances(50) })),
        'CALIBRATION',
      ),
    ).toBe('WITHIN');
    expect(
      state(
        look(() => ({ chances: chances(40.5) })),
        'CALIBRATION',
      ),
    ).toBe('BETWEEN');
    expect(
      state(
        look(() => ({ chances: chances(30) })),
        'CALIBRATION',
      ),
    ).toBe('OUT');
  });

  it('is the feature that has drifted most, or scores', () => {
    const drifted = (features: ModelDay['features'], scores: number[]) =>
      look(() => ({ features, scores }), { reference: REFERENCE }).find(({ kind }) => kind === 'DRIFT');
    expect(drifted({ rating: [0, 5, 5], age: [0, 5, 5] }, [0, 5, 5])).toMatchObject({ value: 0, state: 'WITHIN' });
    expect(drifted({ rating: [0, 5, 5], age: [0, 1, 9] }, [0, 4, 6])).toMatchObject({ subject: 'age', state: 'OUT' });
    expect(drifted({ rating: [0, 5, 5], age: [0, 5, 5] }, [0, 9, 1])).toMatchObject({ subject: 'score', state: 'OUT' });
  });

  it('is that many tutors are shown to nobody, where there was room for them', () => {
    expect(
      state(
        look(() => ({ shownTutors: 30 })),
        'COVERAGE',
      ),
    ).toBe('OUT');
    expect(
      state(
        look(() => ({ shownTutors: 30, visibleTutors: 10_000 })),
        'COVERAGE',
      ),
    ).toBeUndefined();
  });

  it('is that newcomers or a city are shown far less than they are many', () => {
    const exposure = (city: string, isNewcomer: boolean, share: number) => ({
      ...{ city, isNewcomer, tutors: 50, exposure: 1_000 * share, squares: 500 * share, successes: 30 },
    });
    const of = (newcomers: number) =>
      look(() => ({}), { fairness: fairnessOf([exposure('', true, newcomers), exposure('riga', false, 1)]) });
    expect(of(1).find(({ kind }) => kind === 'FAIRNESS')).toMatchObject({ state: 'WITHIN', value: 1 });
    expect(of(0.1).find(({ kind }) => kind === 'FAIRNESS')).toMatchObject({ state: 'OUT', bound: 0.5 });
  });
});
