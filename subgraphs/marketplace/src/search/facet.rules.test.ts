import { describe, expect, it } from 'vitest';
import { endOfBand, startOfBand } from './facet.rules.js';

describe('bands of prices', () => {
  it.each([
    [2_500, 2_000, 3_000],
    [1_000, 1_000, 1_500],
    [1_499, 1_000, 1_500],
    [9_999, 7_000, 10_000],
    [15, 15, 20],
    [250_000, 200_000, 300_000],
    [1, 1, 2],
  ])('put %s between %s and %s', (amount, from, to) => {
    expect(startOfBand(amount)).toBe(from);
    expect(endOfBand(from)).toBe(to);
  });

  it('leave no amount out and no band empty', () => {
    for (let amount = 1; amount < 20_000; amount++) {
      const from = startOfBand(amount);
      expect(from).toBeLessThanOrEqual(amount);
      expect(endOfBand(from)).toBeGreaterThan(amount);
    }
  });
});
