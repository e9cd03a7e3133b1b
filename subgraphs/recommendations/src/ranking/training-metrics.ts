import type { TrainedRanker } from './train-ranker.js';

/** What was measured when a model was trained, as it is kept with it. */
export interface TrainingMetrics {
  /** Lists with better and worse tutors, in each part. */
  trainingLists: number;
  validationLists: number;
  comparisonLists: number;
  trees: number;
  /** NDCG@10 on the latest lists, corrected by how likely each place was looked at: its own, and of the one that ran. */
  ndcg: number;
  runningNdcg: number;
  /** By how much it is above the other, and between what that lies with a certainty of 95 %. */
  difference: number;
  differenceLow: number;
  differenceHigh: number;
  /** NDCG@10 as it was logged, without a correction. */
  loggedNdcg: number;
  runningLoggedNdcg: number;
  /** By how much chances and real shares of success differ. */
  calibrationError: number;
  runningCalibrationError: number;
  /** How likely the fifth and the tenth place were looked at, the first one being 1. */
  fifthPlaceLooked: number;
  tenthPlaceLooked: number;
}

/** The figures of a training. */
export function metricsOf(trained: Extract<TrainedRanker, { kind: 'TRAINED' }>): TrainingMetrics {
  const { candidate, running, difference } = trained.comparison;
  return {
    trainingLists: trained.sizes.training,
    validationLists: trained.sizes.validation,
    comparisonLists: trained.sizes.comparison,
    trees: trained.trees,
    ndcg: candidate.ndcg,
    runningNdcg: running.ndcg,
    difference: difference.ndcg,
    differenceLow: difference.low,
    differenceHigh: difference.high,
    loggedNdcg: candidate.loggedNdcg,
    runningLoggedNdcg: running.loggedNdcg,
    calibrationError: candidate.calibrationError,
    runningCalibrationError: running.calibrationError,
    fifthPlaceLooked: trained.bias.propensities[4] ?? 0,
    tenthPlaceLooked: trained.bias.propensities[9] ?? 0,
  };
}

/** Were there any? */
export function areMeasured(metrics: Partial<TrainingMetrics>): metrics is TrainingMetrics {
  return metrics.ndcg !== undefined;
}
