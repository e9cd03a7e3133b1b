import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import { breachOf, type Count, type CountedVariant, type JudgedMetric, resultsOf } from './results.rules.js';

const metric = (changes: Partial<JudgedMetric> = {}): JudgedMetric => ({
  ...{ key: 'booked', kind: 'PROPORTION', better: 'HIGHER', role: 'PRIMARY', harm: null },
  ...changes,
});

/** A variant of people of whom some converted, once each. */
const variant = (key: string, units: number, converted: number, share = 5_000): CountedVariant => {
  const count: Count = {
    conversions: converted,
    convertedUnits: converted,
    y: converted,
    yy: converted,
    xy: converted,
  };
  return { key, share, units, x: units, xx: units, counts: new Map([['booked', count]]) };
};
const judged = (variants: CountedVariant[], metrics = [metric()], expectedLift = 0.1) =>
  resultsOf({ unit: 'USER', expectedLift }, metrics, variants);
const liftIn = (results: ReturnType<typeof judged>, key: string) =>
  results.variants.find((one) => one.key === key)?.metrics[0]?.lift;

describe('results', () => {
  it('tell what each variant has, and how it differs from control', () => {
    const results = judged([variant('control', 10_000, 1_000), variant('learned', 10_000, 1_300)]);
    expect(results.variants).toMatchObject([
      { key: 'control', units: 10_000, people: 10_000, metrics: [{ mean: 0.1, lift: null, conversions: 1_000 }] },
      { key: 'learned', metrics: [{ mean: 0.13, lift: { lift: expect.closeTo(0.3, 10) } }] },
    ]);
    const lift = liftIn(results, 'learned');
    expect(lift?.lower).toBeGreaterThan(0.1);
    expect(lift?.upper).toBeLessThan(0.55);
    expect(lift?.pValue).toBeLessThan(0.001);
  });

  it('say nothing of a lift while there is too little to compare', () => {
    expect(liftIn(judged([variant('control', 40, 20), variant('learned', 40, 20)]), 'learned')).toBeNull();
    expect(liftIn(judged([variant('control', 400, 9), variant('learned', 400, 40)]), 'learned')).toBeNull();
    expect(liftIn(judged([variant('control', 0, 0), variant('learned', 0, 0)]), 'learned')).toBeNull();
  });

  it('have wider intervals the more variants there are', () => {
    const [control, learned] = [variant('control', 5_000, 500), variant('learned', 5_000, 500)];
    const alone = liftIn(judged([control, learned]), 'learned');
    const beside = liftIn(judged([control, learned, variant('explored', 5_000, 500)]), 'learned');
    expect(beside?.upper).toBeGreaterThan(alone?.upper ?? Number.NaN);
    expect(beside?.lower).toBeLessThan(alone?.lower ?? Number.NaN);
  });

  it('have intervals as wide as the formula of the confidence sequence says', () => {
    const { metrics } =
      judged([variant('control', 10_000, 1_000), variant('learned', 10_000, 1_000)]).variants[1] ?? {};
    // s² = 2 · 0.9 / 1000 (with n − 1), τ = log 1.1.
    const s2 = (2 * 0.9) / 1_000 / (1 - 1 / 10_000);
    const t2 = Math.log(1.1) ** 2;
    const reach = Math.sqrt(s2 * (1 + s2 / t2) * (Math.log(1 + t2 / s2) + 2 * Math.log(20)));
    expect(metrics?.[0]?.lift).toMatchObject({ lift: 0, upper: expect.closeTo(Math.exp(reach) - 1, 8), pValue: 1 });
  });
});

describe('a guardrail', () => {
  const guardrail = (better: 'HIGHER' | 'LOWER', harm: number) => [metric({ role: 'GUARDRAIL', better, harm })];

  it('is crossed only where the whole interval lies beyond what may be', () => {
    const harmed = [variant('control', 10_000, 1_000), variant('learned', 10_000, 700)];
    const breach = breachOf(judged(harmed, guardrail('HIGHER', 0.05)));
    expect(breach).toMatchObject({ metric: 'booked', variant: 'learned', lift: expect.closeTo(-0.3, 10), harm: 0.05 });
    expect(breach?.upper).toBeLessThan(-0.05);
    expect(breachOf(judged(harmed, guardrail('HIGHER', 0.25)))).toBeNull();
    expect(breachOf(judged(harmed, guardrail('LOWER', 0.05)))).toBeNull();
  });

  it('of what should be low is crossed upwards', () => {
    const harmed = [variant('control', 10_000, 700), variant('learned', 10_000, 1_000)];
    expect(breachOf(judged(harmed, guardrail('LOWER', 0.1)))).toMatchObject({ variant: 'learned' });
    expect(breachOf(judged(harmed, guardrail('HIGHER', 0.1)))).toBeNull();
  });

  it('of variants that are alike is hardly ever crossed, however often one looks', () => {
    let crossed = 0;
    for (let run = 0; run < 300; run++) {
      const random = new Random('guardrail', run);
      let [control, learned, units] = [0, 0, 0];
      let isCrossed = false;
      for (let day = 0; day < 20; day++) {
        units += 100;
        for (let unit = 0; unit < 100; unit++) {
          control += Number(random.chance(0.2));
          learned += Number(random.chance(0.2));
        }
        const variants = [variant('control', units, control), variant('learned', units, learned)];
        isCrossed ||= breachOf(judged(variants, guardrail('HIGHER', 0))) !== null;
      }
      crossed += Number(isCrossed);
    }
    expect(crossed / 300).toBeLessThan(0.05);
  });
});
