import { describe, expect, test } from 'vitest';
import { popularityOf } from './popularity.rules.js';

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000);
const lessons = (...days: number[]) => days.map((days) => ({ kind: 'LESSON', at: day(days) }) as const);

describe('popularity', () => {
  test('is nothing where nothing happened, and more with everything that does', () => {
    expect(popularityOf([])).toBe(0);
    expect(popularityOf(lessons(0))).toBeGreaterThan(0);
    expect(popularityOf(lessons(0, 0))).toBeGreaterThan(popularityOf(lessons(0)));
  });

  test('of one lesson is that of two which were one half-life earlier', () => {
    expect(popularityOf(lessons(60))).toBeCloseTo(popularityOf(lessons(0, 0)), 10);
    expect(popularityOf(lessons(90))).toBeGreaterThan(popularityOf(lessons(0, 0)));
    expect(popularityOf(lessons(30))).toBeLessThan(popularityOf(lessons(0, 0)));
  });

  test('counts being chosen twice, and praise as a lesson', () => {
    expect(popularityOf([{ kind: 'CHOSEN', at: day(0) }])).toBe(popularityOf(lessons(0, 0)));
    expect(popularityOf([{ kind: 'FIVE_STARS', at: day(0) }])).toBe(popularityOf(lessons(0)));
    expect(popularityOf([{ kind: 'FOUR_STARS', at: day(60) }])).toBeCloseTo(popularityOf(lessons(0)), 10);
  });
});
