import { describe, expect, it } from 'vitest';
import { isWithinLimit, mayWithdrawalBecome, withdrawalStatuses } from './withdrawal.rules.js';

describe('a withdrawal', () => {
  it.each([
    ['EUR', 50_000, true],
    ['EUR', 50_001, false],
    // No smaller unit than the yen.
    ['JPY', 500, true],
    ['JPY', 501, false],
    // A thousandth is the smallest.
    ['KWD', 500_000, true],
    ['KWD', 500_001, false],
  ])('of %s %i minor units needs no staff: %s', (currency, amountMinor, isSmall) => {
    expect(isWithinLimit({ amountMinor, currency }, 50_000)).toBe(isSmall);
  });

  it('goes nowhere from where it has ended, but for a bank that sends it back', () => {
    const ends = (['FAILED', 'REJECTED', 'CANCELLED'] as const).flatMap((from) =>
      withdrawalStatuses.filter((to) => mayWithdrawalBecome(from, to)),
    );
    expect(ends).toEqual([]);
    expect(withdrawalStatuses.filter((to) => mayWithdrawalBecome('PAID', to))).toEqual(['FAILED']);
  });
});
