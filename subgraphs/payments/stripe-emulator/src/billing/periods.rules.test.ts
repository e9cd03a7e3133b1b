import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BillingInterval, nextBoundary, periodBoundary } from './periods.rules.js';

fc.configureGlobal({ seed: 20261121 });

const at = (iso: string) => Date.parse(iso) / 1000;
const monthly: BillingInterval = { interval: 'month', count: 1 };

describe('billing periods', () => {
  it('keep the day of the anchor, or the last of a shorter month', () => {
    const anchor = at('2027-01-31T10:30:05Z');
    const ends = [1, 2, 3, 13].map((periods) =>
      new Date(periodBoundary(anchor, monthly, periods) * 1000).toISOString(),
    );
    expect(ends).toEqual([
      '2027-02-28T10:30:05.000Z',
      '2027-03-31T10:30:05.000Z',
      '2027-04-30T10:30:05.000Z',
      '2028-02-29T10:30:05.000Z',
    ]);
    expect(periodBoundary(at('2028-02-29T00:00:00Z'), { interval: 'year', count: 1 }, 1)).toBe(
      at('2029-02-28T00:00:00Z'),
    );
  });

  it('of days last so many times 24 hours', () => {
    const anchor = at('2027-03-01T00:00:00Z');
    expect(periodBoundary(anchor, { interval: 'day', count: 30 }, 2)).toBe(anchor + 60 * 86_400);
  });

  it('are found for any moment: the boundary after it, and the one before is not after it', () => {
    const intervals = fc.record({
      interval: fc.constantFrom<BillingInterval['interval']>('day', 'week', 'month', 'year'),
      count: fc.integer({ min: 1, max: 12 }),
    });
    const anchors = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2029-01-01T00:00:00Z') });
    fc.assert(
      fc.property(intervals, anchors, fc.integer({ min: 0, max: 10 * 366 * 86_400 }), (interval, anchor, later) => {
        const next = nextBoundary(anchor, interval, anchor + later);
        const periods = [...Array(4000).keys()].find((count) => periodBoundary(anchor, interval, count) === next);
        expect(next).toBeGreaterThan(anchor + later);
        expect(periodBoundary(anchor, interval, Number(periods) - 1)).toBeLessThanOrEqual(anchor + later);
      }),
    );
  });
});
