import { expect, test } from 'vitest';
import { overlapIn } from '../schedules/schedule.rules.js';
import { freeSlots } from '../schedules/slots.rules.js';
import { generateMarketplaceDemo } from './generate.js';

const now = new Date('2026-11-21T09:00:00Z');
const { schedules } = generateMarketplaceDemo({ seed: 7, tutors: 100, students: 20, orders: 10, now });
const DAY = 86_400_000;
const nobodyIsBusy = { lessons: [], tutor: [], student: [], counted: [] };

function slotsOf(schedule: (typeof schedules)[number], days: number): number {
  const ask = { from: now.getTime(), until: now.getTime() + days * DAY, minutes: 60, now: now.getTime() };
  return freeSlots(schedule, nobodyIsBusy, ask).length;
}

test('every tutor of the demo can be booked within four weeks, and most of them within a few days', () => {
  expect(schedules.filter((schedule) => slotsOf(schedule, 28) === 0)).toEqual([]);
  expect(schedules.filter((schedule) => slotsOf(schedule, 5) > 0).length).toBeGreaterThan(80);
});

test('windows of a day lie apart, and teachers keep different hours in different zones', () => {
  for (const { rules, overrides } of schedules) {
    for (const windows of [rules, ...overrides.map((override) => override.windows)]) {
      expect(overlapIn(windows)).toBeUndefined();
    }
  }
  expect(
    new Set(schedules.map(({ rules }) => JSON.stringify(rules.map(({ id: _, ...rule }) => rule)))).size,
  ).toBeGreaterThan(50);
  expect(new Set(schedules.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(5);
});
