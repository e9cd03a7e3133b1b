import type { BoostedModel } from '@tutorgraph/kit/boosting/model';
import { RISK_FEATURES, type RiskFeatureName } from './risk-features.js';

/** After so many days of silence it begins to count. */
const QUIET_DAYS = 7;
const A_DAY = 0.1;
const MOST_SILENCE = 2;
const HALF = 0.5;
const A_FAILED_TEST = 0.25;
const MOST_FAILED_TESTS = 1;

/**
 * What a model was never taught because its data did not record it (OULAD has submissions, but neither activity nor lessons nor
 * attempts): how much it raises the log-odds of giving up. These are our judgement, not measured: each only raises the risk,
 * none by more than a poor record does, and none counts once a model has learned of it from the school's own outcomes.
 */
const PRIORS: Partial<Record<RiskFeatureName, (value: number) => number>> = {
  /** Silence: from the second week on, a tenth a day, 2 at most. */
  daysInactive: (days) => Math.min(MOST_SILENCE, Math.max(0, days - QUIET_DAYS) * A_DAY),
  /** Fewer lessons than half of the others: half for who has the fewest. */
  lessonRank: (rank) => Math.max(0, HALF - rank),
  /** Failed tests of the last days: a quarter each, 1 at most. */
  failedTests: (count) => Math.min(MOST_FAILED_TESTS, count * A_FAILED_TEST),
};

const taught = new WeakMap<BoostedModel, ReadonlySet<number>>();

/** Of each feature, how much it raises the log-odds where the model knows nothing of it. @param row - as of `riskRow` */
export function priorsOf(model: BoostedModel, row: readonly number[]): number[] {
  const known = taughtBy(model);
  return RISK_FEATURES.map((name, column) => {
    const [prior, value] = [PRIORS[name], row[column] ?? Number.NaN];
    return !prior || known.has(column) || Number.isNaN(value) ? 0 : prior(value);
  });
}

/** The columns that a model asks about. */
function taughtBy(model: BoostedModel): ReadonlySet<number> {
  const found = taught.get(model) ?? new Set(model.trees.flatMap(({ feature }) => feature));
  taught.set(model, found);
  return found;
}
