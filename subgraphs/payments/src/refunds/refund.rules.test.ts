import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lessonsLost,
  lessonsWorth,
  mayRefundBecome,
  percentOf,
  refundStatusOf,
  statusAfterRefunds,
} from './refund.rules.js';

fc.configureGlobal({ seed: 20261121 });

describe('a refund', () => {
  it('only goes on: what is older than what is known changes nothing', () => {
    expect(mayRefundBecome('PENDING', 'SUCCEEDED')).toBe(true);
    expect(mayRefundBecome('SUCCEEDED', 'FAILED')).toBe(true);
    for (const to of ['PENDING', 'SUCCEEDED'] as const) expect(mayRefundBecome('FAILED', to)).toBe(false);
    expect(mayRefundBecome('SUCCEEDED', 'PENDING')).toBe(false);
  });

  it('is failed when it was cancelled, and waits for what Stripe waits for', () => {
    expect(['succeeded', 'failed', 'canceled', 'pending', 'requires_action', null].map(refundStatusOf)).toEqual([
      ...['SUCCEEDED', 'FAILED', 'FAILED', 'PENDING', 'PENDING', 'PENDING'],
    ]);
  });

  it('decides how its payment stands', () => {
    expect([0, 1, 99, 100].map((returned) => statusAfterRefunds(100, returned))).toEqual([
      ...['SUCCEEDED', 'PARTIALLY_REFUNDED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
    ]);
  });

  it('is half up of the percent', () => {
    expect([percentOf(2_501, 50), percentOf(1, 50), percentOf(999, 0), percentOf(999, 100)]).toEqual([
      1_251, 1, 0, 999,
    ]);
  });
});

describe('lessons of a package', () => {
  it('are paid back whole', () => {
    expect(lessonsWorth(10_000, 3, null)).toEqual({ lessons: 3, amountMinor: 10_000 });
    expect(lessonsWorth(10_000, 3, 3_333)).toEqual({ lessons: 1, amountMinor: 3_333 });
    expect(lessonsWorth(10_000, 3, 10_000)).toEqual({ lessons: 3, amountMinor: 10_000 });
    expect(lessonsWorth(10_000, 3, 5_000)).toBeUndefined();
    expect(lessonsWorth(10_000, 3, 10_001)).toBeUndefined();
    expect(lessonsWorth(0, 3, null)).toBeUndefined();
  });

  const credit = fc.integer({ min: 1, max: 1_000_000 });
  const left = fc.integer({ min: 1, max: 100 });

  it('never take more than the credit, and all of it with the last one', () => {
    fc.assert(
      fc.property(credit, left, fc.integer({ min: 1, max: 1_200_000 }), (creditMinor, lessonsLeft, amountMinor) => {
        const { lessons, amountMinor: taken } = lessonsLost(creditMinor, lessonsLeft, amountMinor);
        expect(taken).toBe(Math.min(creditMinor, amountMinor));
        expect(lessons).toBeLessThanOrEqual(lessonsLeft);
        if (taken === creditMinor) expect(lessons).toBe(lessonsLeft);
      }),
    );
  });

  it('cost what they would have cost one by one', () => {
    fc.assert(
      fc.property(credit, left, (creditMinor, lessonsLeft) => {
        const price = Math.floor(creditMinor / lessonsLeft);
        fc.pre(price > 0);
        expect(lessonsWorth(creditMinor, lessonsLeft, price)).toEqual({
          lessons: lessonsLeft === 1 || price === creditMinor ? lessonsLeft : 1,
          amountMinor: price,
        });
      }),
    );
  });
});
