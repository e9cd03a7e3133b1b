import { describe, expect, it } from 'vitest';
import { deliveryStatuses, MOST_ATTEMPTS, nextTry, statusesBefore } from './delivery.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const secondsUntil = (moment: Date | null): number => ((moment?.getTime() ?? Number.NaN) - now.getTime()) / 1_000;

describe('the pauses between tries', () => {
  const pauses = (random: number): number[] =>
    Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => secondsUntil(nextTry(index + 1, now, { random })));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

  it('grow, and come to half an hour, give or take a fifth by chance', () => {
    expect(pauses(0.5)).toEqual([10, 20, 60, 120, 270, 480, 840]);
    expect(sum(pauses(0.5))).toBe(30 * 60);
    expect(sum(pauses(0))).toBeCloseTo(24 * 60);
    expect(sum(pauses(1))).toBeCloseTo(36 * 60);
  });

  it('end with the eighth try', () => {
    expect(nextTry(8, now)).toBeNull();
    expect(nextTry(9, now)).toBeNull();
  });

  it('are as long as the provider asks, within reason', () => {
    expect(secondsUntil(nextTry(1, now, { random: 0.5, retryAfterSeconds: 45 }))).toBe(45);
    expect(secondsUntil(nextTry(4, now, { random: 0.5, retryAfterSeconds: 45 }))).toBe(120);
    expect(secondsUntil(nextTry(1, now, { retryAfterSeconds: 1e9 }))).toBe(30 * 60);
  });
});

describe('the statuses of a delivery', () => {
  it('lead from waiting to an end, by way of the provider or not, and never back', () => {
    expect(Object.fromEntries(deliveryStatuses.map((to) => [to, statusesBefore(to)]))).toEqual({
      QUEUED: [],
      SENT: ['QUEUED'],
      DELIVERED: ['QUEUED', 'SENT'],
      FAILED: ['QUEUED', 'SENT'],
      SUPPRESSED: ['QUEUED'],
    });
  });
});
