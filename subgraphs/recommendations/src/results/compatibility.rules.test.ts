import { expect, test } from 'vitest';
import { TUTOR, WISH } from '../../test/usual-tutor.ts';
import { compatibility } from './compatibility.rules.js';

const BUDGET = { budgetMinor: 2_000, currency: 'EUR' };

test('where nothing was asked or is known there is no compatibility', () => {
  expect(compatibility(TUTOR, WISH)).toEqual({ subject: 0.5, price: null, schedule: null, style: null, level: 1 });
});

test.each([
  [2_000, 1],
  [500, 1],
  [2_800, 0.51],
  [4_000, 0],
  [9_000, 0],
])('a rate of %i fits a budget of 2,000 by %d', (rateMinor, fit) => {
  expect(compatibility({ ...TUTOR, rateMinor }, { ...WISH, ...BUDGET }).price).toBeCloseTo(fit, 2);
});

test('a rate below what was thought of fits less, and half as much less as above the budget', () => {
  const wish = { ...WISH, ...BUDGET, budgetFromMinor: 1_000 };
  expect(compatibility({ ...TUTOR, rateMinor: 1_000 }, wish).price).toBe(1);
  expect(compatibility({ ...TUTOR, rateMinor: 500 }, wish).price).toBe(0.5);
});

test('rates of another currency cannot be compared', () => {
  expect(compatibility({ ...TUTOR, currency: 'USD' }, { ...WISH, ...BUDGET }).price).toBeNull();
});

test('experience and nearness of texts make up the other half of the subject', () => {
  expect(compatibility({ ...TUTOR, subjectLessons: 500 }, WISH).subject).toBe(1);
  expect(compatibility({ ...TUTOR, similarity: 0.4 }, WISH).subject).toBe(0.75);
  expect(compatibility({ ...TUTOR, similarity: -1 }, WISH).subject).toBe(0.5);
});

test('the level beside one that is taught fits by half, and those further away not at all', () => {
  const levelOf = (level: (typeof WISH)['level']) =>
    compatibility({ ...TUTOR, levels: ['EXAM'] }, { ...WISH, level }).level;
  expect([levelOf('EXAM'), levelOf('UNIVERSITY'), levelOf('SECONDARY_SCHOOL'), levelOf('ADULT')]).toEqual([
    1, 0.5, 0.5, 0,
  ]);
});

test('schedule and style are what of the wanted is there', () => {
  const hours = (from: number, to: number) => '0'.repeat(from) + '1'.repeat(to - from) + '0'.repeat(168 - to);
  const tutor = { ...TUTOR, hours: hours(10, 12), styles: { PATIENT: 0.7 } };
  const wish = { ...WISH, hours: hours(11, 15), style: 'PATIENT' as const };
  expect(compatibility(tutor, wish)).toMatchObject({ schedule: 0.25, style: 0.7 });
  expect(compatibility(tutor, { ...wish, style: 'PLAYFUL' }).style).toBe(0);
});
