import { describe, expect, it } from 'vitest';
import { estimate, type Lift, liftOf, type Moments } from './sequential.rules.js';

const RULES = { alpha: 0.05, expectedLift: 0.1 };
const nothing = (): Moments => ({ units: 0, x: 0, xx: 0, y: 0, yy: 0, xy: 0 });

interface Unit {
  x: number;
  y: number;
}

function sumOf(units: readonly Unit[]): Moments {
  const total = nothing();
  for (const { x, y } of units) {
    total.units += 1;
    total.x += x;
    total.xx += x * x;
    total.y += y;
    total.yy += y * y;
    total.xy += x * y;
  }
  return total;
}

const isSignificant = ({ pValue }: Lift) => pValue < RULES.alpha;
const misses = (truth: number) => (lift: Lift) => lift.lower > truth || lift.upper < truth;
describe('an estimate', () => {
  it('of people is their mean and its usual variance', () => {
    const values = [0, 1, 5, 2, 2];
    const own = estimate(sumOf(values.map((y) => ({ x: 1, y }))));
    expect(own?.mean).toBeCloseTo(2, 12);
    // The variance of five values, 3.5, over five.
    expect(own?.variance).toBeCloseTo(0.7, 12);
  });

  it('of clusters is the share of their people, varying as clusters do', () => {
    const own = estimate(
      sumOf([
        { x: 10, y: 1 },
        { x: 20, y: 4 },
        { x: 30, y: 3 },
      ]),
    );
    expect(own?.mean).toBeCloseTo(8 / 60, 12);
    // Residuals y − x·mean: −1/3, 4/3, −1; their sum of squares over 2, times 3 over 60².
    expect(own?.variance).toBeCloseTo((((1 + 16 + 9) / 9 / 2) * 3) / 3_600, 12);
  });

  it('needs something to divide by', () => {
    expect(estimate(sumOf([{ x: 1, y: 1 }]))).toBeNull();
    expect(estimate(nothing())).toBeNull();
  });
});

describe('a lift', () => {
  it('is not told where a mean is nothing or nothing varies', () => {
    const some = { mean: 0.1, variance: 0.0001 };
    expect(liftOf({ mean: 0, variance: 0 }, some, RULES)).toBeNull();
    expect(liftOf(some, { mean: 0, variance: 0 }, RULES)).toBeNull();
    expect(liftOf({ mean: 1, variance: 0 }, { mean: 1, variance: 0 }, RULES)).toBeNull();
  });

  it('is significant exactly where its interval leaves out nothing-changed', () => {
    for (let lift = 0; lift < 0.6; lift += 0.005) {
      const own = liftOf({ mean: 0.1 * (1 + lift), variance: 0.00002 }, { mean: 0.1, variance: 0.00001 }, RULES);
      expect(isSignificant(own ?? NEVER)).toBe(misses(0)(own ?? NEVER));
    }
  });

  it('is the same downwards, the other way about', () => {
    const [low, high] = [
      { mean: 0.1, variance: 0.00001 },
      { mean: 0.12, variance: 0.00001 },
    ];
    const [up, down] = [liftOf(high, low, RULES), liftOf(low, high, RULES)];
    expect((1 + (up?.lower ?? 0)) * (1 + (down?.upper ?? 0))).toBeCloseTo(1, 12);
    expect(up?.pValue).toBeCloseTo(down?.pValue ?? 0, 12);
  });
});

const NEVER: Lift = { lift: 0, lower: 0, upper: 0, pValue: Number.NaN };
