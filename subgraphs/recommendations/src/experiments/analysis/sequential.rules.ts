/**
 * Sums over the units of a variant from which a metric follows. `x` is how many people a unit has (1 where people are the
 * units), `y` what was counted of it.
 */
export interface Moments {
  units: number;
  x: number;
  xx: number;
  y: number;
  yy: number;
  xy: number;
}

/** A metric of one variant. */
export interface Estimate {
  /** What was counted for each person. */
  mean: number;
  /** The variance of that mean, not of single people. */
  variance: number;
}

/** How a variant differs from control, as a share of control's mean. */
export interface Lift {
  /** 0.1: a tenth higher. */
  lift: number;
  /** Between these it lies; at whatever moment one looks, also at all of them. */
  lower: number;
  upper: number;
  /** How likely such a difference or a greater one would ever have been seen were there none. */
  pValue: number;
}

/** How lifts are judged. */
export interface LiftRules {
  /** How often intervals may miss, ever. */
  alpha: number;
  /** What a lift may well be, as a share: intervals are narrowest about there. It is set before the start. */
  expectedLift: number;
}

/**
 * People per unit are random where clusters are the units, so that a mean is a ratio of two; its variance is by the delta
 * method over units, which holds however alike people of one cluster are (Deng, Knoblich, Lu 2018, "Applying the Delta
 * Method in Metric Analytics", eq. 3). With one person a unit it is the usual variance of a mean.
 *
 * @returns null while there is nothing to divide by
 */
export function estimate({ units, x, xx, y, yy, xy }: Moments): Estimate | null {
  if (units < 2 || x <= 0) return null;
  const mean = y / x;
  const spread =
    (yy - (y * y) / units - 2 * mean * (xy - (x * y) / units) + mean ** 2 * (xx - (x * x) / units)) / (units - 1);
  return { mean, variance: (Math.max(0, spread) * units) / x ** 2 };
}

/**
 * The lift of a variant over control with a confidence sequence: an interval that holds at all moments at once, so that
 * one may look as often as one likes and stop when one likes.
 *
 * The logarithm θ of the ratio of means is asymptotically normal with a variance s² (delta method). Mixing likelihood
 * ratios over effects N(0, τ²), τ = log(1 + expectedLift), gives the martingale
 * Λ = √(s² / (s² + τ²)) · exp(θ² τ² / (2 s² (s² + τ²))), by Ville's inequality above 1/α with a chance of α at most:
 * Johari, Koomen, Pekelis, Walsh 2022, "Always Valid Inference", eq. 12 (mSPRT); its inverse is the asymptotic confidence
 * sequence of Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2024, "Time-uniform central limit theory and asymptotic
 * confidence sequences", theorem 2.2, with tρ² = τ²/s²: θ ± s √((1 + s²/τ²) (log(1 + τ²/s²) + 2 log(1/α))).
 * Information 1/s² is the clock, not the number of units, since units go on converting after they came.
 *
 * @returns null while one of the means is 0, of which there is no ratio
 */
export function liftOf(variant: Estimate, control: Estimate, { alpha, expectedLift }: LiftRules): Lift | null {
  if (variant.mean <= 0 || control.mean <= 0) return null;
  const effect = Math.log(variant.mean / control.mean);
  const variance = variant.variance / variant.mean ** 2 + control.variance / control.mean ** 2;
  if (variance <= 0) return null;
  const prior = Math.log1p(expectedLift) ** 2;
  const reach = Math.sqrt(variance * (1 + variance / prior) * (Math.log1p(prior / variance) - 2 * Math.log(alpha)));
  const evidence = (effect ** 2 * prior) / (2 * variance * (variance + prior)) - Math.log1p(prior / variance) / 2;
  return {
    lift: Math.expm1(effect),
    lower: Math.expm1(effect - reach),
    upper: Math.expm1(effect + reach),
    pValue: Math.min(1, Math.exp(-evidence)),
  };
}
