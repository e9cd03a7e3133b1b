import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import { logGamma, upperGamma } from './gamma.rules.js';
import { sampleRatio } from './sample-ratio.rules.js';

describe('the gamma functions', () => {
  it.each([
    // C: lgamma(x)
    [0.5, 0.5723649429247],
    [1, 0],
    [4.5, 2.453736570842442],
    [100, 359.1342053695754],
    [12_345.6, 103_959.18506616846],
  ])('log Γ(%s) is what C says', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 6);
  });

  it.each([
    // Quantiles as tables of the distribution have them.
    [3.841458820694124, 1, 0.05],
    [10.82756617046, 1, 0.001],
    [13.81551055796427, 2, 0.001],
    [2.365973884375338, 3, 0.5],
    [0, 4, 1],
    [30.14352720564616, 19, 0.05],
  ])('a chi-square above %s with %s degrees of freedom has the chance that tables say', (x, freedom, expected) => {
    expect(upperGamma(freedom / 2, x / 2)).toBeCloseTo(expected, 10);
  });
});

describe('the sample ratio', () => {
  it('says what a chi-square test says', () => {
    expect(sampleRatio([5_100, 4_900], [5_000, 5_000])).toMatchObject({
      verdict: 'BALANCED',
      chiSquare: expect.closeTo(4, 10),
      pValue: expect.closeTo(0.04550026, 8),
    });
  });

  it('is suspect by the test of one look, and mismatched by the one that holds at all looks', () => {
    expect(sampleRatio([5_180, 4_820], [1, 1]).verdict).toBe('SUSPECT');
    expect(sampleRatio([5_350, 4_650], [1, 1]).verdict).toBe('MISMATCHED');
    expect(sampleRatio([9_000, 1_000], [9_000, 1_000]).verdict).toBe('BALANCED');
    expect(sampleRatio([], [])).toMatchObject({ verdict: 'BALANCED', pValue: 1 });
  });

  it('looked at every day alarms falsely less than once in a thousand, and finds 53 to 47', () => {
    const alarms = (share: number, runs: number) => {
      let alarmed = 0;
      for (let run = 0; run < runs; run++) {
        const random = new Random('sample ratio', run);
        const counts = [0, 0];
        let isAlarmed = false;
        for (let day = 0; day < 30; day++) {
          for (let unit = 0; unit < 300; unit++) {
            const arm = Number(random.chance(share));
            counts[arm] = (counts[arm] ?? 0) + 1;
          }
          isAlarmed ||= sampleRatio(counts, [1, 1]).verdict === 'MISMATCHED';
        }
        alarmed += Number(isAlarmed);
      }
      return alarmed / runs;
    };
    expect(alarms(0.5, 600)).toBeLessThanOrEqual(1 / 600);
    expect(alarms(0.53, 100)).toBeGreaterThan(0.8);
  });
});
