import { describe, expect, it } from 'vitest';
import { added, expectedCalibrationError, shareOf, stabilityIndex } from './figures.rules.js';

describe('the population stability index', () => {
  it('is what one counts by hand', () => {
    // (0.5 − 0.4) ln(0.5 / 0.4) + (0.5 − 0.6) ln(0.5 / 0.6)
    expect(stabilityIndex([40, 60], [50, 50])).toBeCloseTo(0.0405465, 6);
    // 0.2 ln 3 + 0 − 0.2 ln (1 / 3)
    expect(stabilityIndex([10, 60, 30], [300, 600, 100])).toBeCloseTo(0.4394449, 6);
  });

  it('is 0 of the same shares, the same both ways, and never below 0', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const [one, other] = [1, 2].map((salt) =>
        Array.from({ length: 8 }, (_, bin) => 1 + ((seed * salt * (bin + 3)) % 17)),
      );
      if (!one || !other) throw new Error('There are two');
      expect(
        stabilityIndex(
          one,
          one.map((count) => count * 7),
        ),
      ).toBeCloseTo(0, 12);
      expect(stabilityIndex(one, other)).toBeCloseTo(stabilityIndex(other, one) ?? Number.NaN, 12);
      expect(stabilityIndex(one, other)).toBeGreaterThanOrEqual(0);
    }
  });

  it('is finite of bins that are empty on one side, and not known of nothing or of other bins', () => {
    expect(stabilityIndex([100, 0], [0, 100])).toBeCloseTo(2 * (1 - 1e-4) * Math.log(1e4), 6);
    expect(stabilityIndex([0, 0], [1, 2])).toBeNull();
    expect(stabilityIndex([1, 2], [])).toBeNull();
    expect(stabilityIndex([1, 2], [1, 2, 3])).toBeNull();
  });
});

describe('the expected calibration error', () => {
  it('is what one counts by hand', () => {
    // |0.5 − 1| + |2.5 − 2| + nothing, of 5 + 5
    const bins = [
      { count: 5, chances: 0.5, succeeded: 1 },
      { count: 5, chances: 2.5, succeeded: 2 },
      { count: 0, chances: 0, succeeded: 0 },
    ];
    expect(expectedCalibrationError(bins)).toBeCloseTo(0.1, 12);
    expect(expectedCalibrationError(bins.slice(2))).toBeNull();
  });

  it('does not let one tenth make up for another', () => {
    const bins = [
      { count: 10, chances: 1, succeeded: 3 },
      { count: 10, chances: 9, succeeded: 7 },
    ];
    expect(expectedCalibrationError(bins)).toBeCloseTo(0.2, 12);
  });
});

describe('a share', () => {
  it('has Wilson’s interval', () => {
    // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    const cases = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [count, of, low, high] of cases) {
      const share = shareOf(count, of);
      expect(share?.low).toBeCloseTo(low, 4);
      expect(share?.high).toBeCloseTo(high, 4);
      expect(share).toMatchObject({ count, of, share: count / of });
    }
    expect(shareOf(0, 0)).toBeNull();
  });
});

it('adds histograms up, one that is not there yet included', () => {
  expect(added([1, 2], [3, 4])).toEqual([4, 6]);
  expect(added([], [3, 4])).toEqual([3, 4]);
});
