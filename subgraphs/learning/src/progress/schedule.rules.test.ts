import { describe, expect, it } from 'vitest';
import { type PaceFacts, paceOf } from './schedule.rules.js';

const facts: PaceFacts = {
  status: 'ACTIVE',
  enrolledAt: new Date('2026-03-01T00:00:00Z'),
  startsOn: null,
  lengthDays: 10,
  required: 20,
  done: 0,
};
const on = (day: string, change: Partial<PaceFacts> = {}) =>
  paceOf({ ...facts, ...change }, new Date(`${day}T00:00:00Z`));

describe('the pace of a course', () => {
  it('is even over the days for which it is planned', () => {
    expect(on('2026-03-01')).toEqual({ expectedPercent: 0, lessonsBehind: 0 });
    expect(on('2026-03-06')).toEqual({ expectedPercent: 50, lessonsBehind: 10 });
    expect(on('2026-03-06', { done: 7 })).toEqual({ expectedPercent: 50, lessonsBehind: 3 });
    expect(on('2026-03-06', { done: 12 })).toEqual({ expectedPercent: 50, lessonsBehind: 0 });
    expect(on('2026-05-01', { done: 19 })).toEqual({ expectedPercent: 100, lessonsBehind: 1 });
  });

  it('counts from the day on which the cohort begins, for those who come later from their own', () => {
    expect(on('2026-03-06', { startsOn: '2026-03-06' }).expectedPercent).toBe(0);
    expect(on('2026-03-06', { startsOn: '2026-04-06' }).expectedPercent).toBe(0);
    expect(on('2026-03-06', { startsOn: '2026-01-01' }).expectedPercent).toBe(50);
  });

  it('does not press those who have completed it or left', () => {
    expect(on('2026-03-06', { status: 'COMPLETED' })).toEqual({ expectedPercent: 50, lessonsBehind: 0 });
    expect(on('2026-03-06', { status: 'DROPPED' })).toEqual({ expectedPercent: null, lessonsBehind: 0 });
  });

  it('asks for nothing where there is nothing to complete', () => {
    expect(on('2026-05-01', { required: 0 }).lessonsBehind).toBe(0);
  });
});
