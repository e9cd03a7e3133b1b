import { describe, expect, it } from 'vitest';
import {
  changedRules,
  commissionPercent,
  firstRules,
  hoursLeft,
  type PolicyRules,
  policyRules,
  refundPercent,
} from './policy.rules.js';

const HOUR_MS = 3_600_000;
const startsAt = new Date('2026-12-01T12:00:00Z');
const before = (hours: number, ms = 0) => new Date(startsAt.getTime() - hours * HOUR_MS + ms);

describe('what a student gets back who cancels', () => {
  it.each([
    ['long before', before(720), 100],
    ['to the moment when it stops to be free', before(12), 100],
    ['a moment later', before(12, 1), 50],
    ['to the moment of the last step', before(4), 50],
    ['a moment after the last step', before(4, 1), 0],
    ['when it begins', before(0), 0],
    ['when it is over', before(-1), 0],
  ])('%s', (_when, now, percent) => {
    expect(refundPercent(firstRules, startsAt, now)).toBe(percent);
  });

  it('is everything until it begins when one step says so', () => {
    const rules = { ...firstRules, refunds: [{ hoursLeft: 0, percent: 100 }] };
    expect(refundPercent(rules, startsAt, before(0))).toBe(100);
    expect(refundPercent(rules, startsAt, before(0, 1))).toBe(0);
  });

  it('counts hours, whatever the clocks do', () => {
    // In Berlin the day of this lesson has 25 hours.
    const lesson = new Date('2026-10-25T12:00:00+01:00');
    expect(hoursLeft(lesson, new Date('2026-10-25T00:00:00+02:00'))).toBe(13);
  });
});

describe("the platform's commission", () => {
  it.each([
    [0, 33],
    [21 * 60 - 1, 33],
    [21 * 60, 28],
    [51 * 60 - 1, 28],
    [51 * 60, 25],
    [201 * 60, 22],
    [401 * 60 - 1, 22],
    [401 * 60, 18],
    [1_000_000, 18],
  ])('after %i minutes taught is %i percent', (taughtMinutes, percent) => {
    expect(commissionPercent(firstRules, 'REGULAR', taughtMinutes)).toBe(percent);
  });

  it('of a trial has nothing to do with hours', () => {
    expect(commissionPercent(firstRules, 'TRIAL', 0)).toBe(100);
    expect(commissionPercent(firstRules, 'TRIAL', 1_000_000)).toBe(100);
  });
});

describe('rules that may be published', () => {
  const isFine = (change: Partial<PolicyRules>) => policyRules.safeParse({ ...firstRules, ...change }).success;
  const steps = (...pairs: [number, number][]) => pairs.map(([hoursLeft, percent]) => ({ hoursLeft, percent }));

  it('are those that come with the database', () => {
    expect(policyRules.parse(firstRules)).toEqual(firstRules);
  });

  it.each<[string, Partial<PolicyRules>]>([
    ['refunds without a step', { refunds: [] }],
    ['refunds whose steps are the wrong way round', { refunds: steps([4, 50], [12, 100]) }],
    ['refunds with a step twice', { refunds: steps([12, 100], [12, 50]) }],
    ['refunds that grow the later it is', { refunds: steps([12, 50], [4, 100]) }],
    ['more than everything back', { refunds: steps([12, 101]) }],
    ['a commission that does not begin with the first lesson', { commission: [{ fromHours: 1, percent: 33 }] }],
    [
      'a commission whose steps are the wrong way round',
      { commission: [0, 50, 20].map((fromHours) => ({ fromHours, percent: 20 })) },
    ],
    ['a checkout that ends before it may', { paymentMinutes: 30 }],
    ['a hold of hours', { holdMinutes: 61 }],
    ['free moving when moving is not possible', { freeReschedulingHours: 1, lastReschedulingHours: 2 }],
    ['a trial that is no lesson', { trial: { ...firstRules.trial, minutes: 7 } }],
    ['half a percent', { trial: { ...firstRules.trial, pricePercent: 0.5 } }],
    ['packages of one lesson', { packages: { ...firstRules.packages, sizes: [{ lessons: 1, discountPercent: 0 }] } }],
    ['gifts', { packages: { ...firstRules.packages, sizes: [{ lessons: 5, discountPercent: 100 }] } }],
  ])('are never %s', (_what, change) => {
    expect(isFine(change)).toBe(false);
  });
});

it('names the rules that differ, in whatever order the database gives their keys', () => {
  const reordered: PolicyRules = {
    ...firstRules,
    trial: Object.fromEntries(Object.entries(firstRules.trial).reverse()) as PolicyRules['trial'],
  };
  expect(changedRules(firstRules, reordered)).toEqual([]);
  expect(changedRules(firstRules, { ...reordered, holdMinutes: 6, disputeHours: 24 })).toEqual([
    'holdMinutes',
    'disputeHours',
  ]);
});
