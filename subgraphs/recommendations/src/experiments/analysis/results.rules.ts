import {
  type BetterDirection,
  CONTROL,
  type ExperimentUnit,
  type GuardrailBreach,
  type MetricKind,
  type MetricRole,
} from '../experiment.rules.js';
import { type SampleRatio, sampleRatio } from './sample-ratio.rules.js';
import { estimate, type Lift, liftOf, type Moments } from './sequential.rules.js';

/** A metric as results need it. */
export interface JudgedMetric {
  key: string;
  kind: MetricKind;
  better: BetterDirection;
  role: MetricRole;
  harm: number | null;
}

/** What was counted of one metric in one variant. */
export interface Count extends Pick<Moments, 'y' | 'yy' | 'xy'> {
  /** How many times. */
  conversions: number;
  /** Of how many units. */
  convertedUnits: number;
}

/** A variant and what its units did, by metric; of a metric that nobody has, nothing. */
export interface CountedVariant extends Pick<Moments, 'units' | 'x' | 'xx'> {
  key: string;
  share: number;
  counts: ReadonlyMap<string, Count>;
}

/** What an experiment found so far. */
export interface Results {
  sampleRatio: SampleRatio;
  variants: readonly VariantResult[];
}

/** A variant, and each metric in it. */
export interface VariantResult {
  key: string;
  units: number;
  people: number;
  metrics: readonly MetricResult[];
}

/** A metric in a variant, compared with control. */
export interface MetricResult extends JudgedMetric {
  conversions: number;
  convertedUnits: number;
  /** For each person, what was counted; null without any. */
  mean: number | null;
  /** Null for control, and while there is too little to compare. */
  lift: Lift | null;
  /** GUARDRAIL: is it surely worse than it may be? */
  isCrossed: boolean;
}

/** One in so many true hypotheses is rejected, at whatever moment. */
const ALPHA = 0.05;
/** Below this what is said of large numbers does not hold yet; simulated in the tests. */
const LEAST_UNITS: Readonly<Record<ExperimentUnit, number>> = { USER: 50, CLUSTER: 30 };
const LEAST_CONVERTED = 10;

/**
 * Compares each variant with control in each metric. Of several variants each gets its part of the 5 % by which intervals
 * may miss (Bonferroni), so that the more there are the wider intervals get. Metrics other than the primary one are looked at
 * without such a price: they explain, and do not decide.
 */
export function resultsOf(
  experiment: { unit: ExperimentUnit; expectedLift: number },
  metrics: readonly JudgedMetric[],
  variants: readonly CountedVariant[],
): Results {
  const control = variants.find(({ key }) => key === CONTROL);
  const rules = { expectedLift: experiment.expectedLift, alpha: ALPHA / Math.max(1, variants.length - 1) };
  const judge = (variant: CountedVariant, metric: JudgedMetric): MetricResult => {
    const { conversions, convertedUnits } = countOf(variant, metric);
    const own = estimate(momentsOf(variant, metric));
    const other = control && control !== variant ? estimate(momentsOf(control, metric)) : null;
    const isEnough = [variant, control].every((one) => one && hasEnough(one, metric, experiment.unit));
    const lift = own && other && isEnough ? liftOf(own, other, rules) : null;
    return {
      ...metric,
      conversions,
      convertedUnits,
      mean: own?.mean ?? null,
      lift,
      isCrossed: isCrossed(metric, lift),
    };
  };
  return {
    sampleRatio: sampleRatio(
      variants.map(({ units }) => units),
      variants.map(({ share }) => share),
    ),
    variants: variants.map((variant) => ({
      ...{ key: variant.key, units: variant.units, people: variant.x },
      metrics: metrics.map((metric) => judge(variant, metric)),
    })),
  };
}

/** The first guardrail that a variant surely crossed; null when all hold. */
export function breachOf({ variants }: Results): GuardrailBreach | null {
  for (const { key: variant, metrics } of variants) {
    for (const { key: metric, harm, lift, isCrossed: crossed } of metrics) {
      if (!(crossed && lift && harm !== null)) continue;
      return { metric, variant, lift: lift.lift, lower: lift.lower, upper: lift.upper, harm };
    }
  }
  return null;
}

function isCrossed({ better, harm }: JudgedMetric, lift: Lift | null): boolean {
  if (!lift || harm === null) return false;
  return better === 'HIGHER' ? lift.upper < -harm : lift.lower > harm;
}

const NOTHING: Count = { conversions: 0, convertedUnits: 0, y: 0, yy: 0, xy: 0 };

function countOf({ counts }: CountedVariant, { key }: JudgedMetric): Count {
  return counts.get(key) ?? NOTHING;
}

function momentsOf(variant: CountedVariant, metric: JudgedMetric): Moments {
  const { units, x, xx } = variant;
  const { y, yy, xy } = countOf(variant, metric);
  return { units, x, xx, y, yy, xy };
}

function hasEnough(variant: CountedVariant, metric: JudgedMetric, unit: ExperimentUnit): boolean {
  return variant.units >= LEAST_UNITS[unit] && countOf(variant, metric).convertedUnits >= LEAST_CONVERTED;
}
