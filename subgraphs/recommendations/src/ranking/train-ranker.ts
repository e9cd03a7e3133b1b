import { trainBoosting } from '@tutorgraph/kit/boosting/boosting';
import { lambdaRank } from '@tutorgraph/kit/boosting/lambda-rank';
import { type FeatureMatrix, matrixOf } from '@tutorgraph/kit/boosting/matrix';
import type { BoostedModel } from '@tutorgraph/kit/boosting/model';
import { meanNdcg, type RankedGroups } from '@tutorgraph/kit/boosting/ndcg';
import { startingFrom } from '@tutorgraph/kit/boosting/objectives';
import { calibrate } from '@tutorgraph/kit/boosting/probabilities';
import { compareModels, gradedGroups, type ModelComparison } from './compare-models.js';
import { FEATURE_DIRECTIONS, FEATURE_NAMES } from './features.js';
import { SUCCESS } from './grades.rules.js';
import { HAND_MADE_TERMS } from './hand-made-weights.js';
import { estimatePositionBias, type PositionBias } from './position-bias.js';
import type { LoggedList, RankingDataset } from './ranking-dataset.js';
import { contributionsOf, HAND_MADE, type ModelContent, rankRows } from './ranking-model.js';

/** How to train; what is left out has the default. */
export interface RankerTrainingOptions {
  /** What to be better than. */
  running: ModelContent;
  /** The newest lists, on which both models are compared. @default 7 */
  comparisonDays?: number;
  /** The lists before them, by which training knows when to stop and chances are calibrated. @default 7 */
  validationDays?: number;
  /**
   * Lists with better and worse tutors that are needed to learn from; of a fifth as many the other two parts.
   * @default 300
   */
  leastLists?: number;
  /** The same seed and lists give the same model. @default 1 */
  seed?: number;
  /** Told the share that is done. */
  onProgress?(share: number): void;
}

/** What came of it. */
export type TrainedRanker =
  | { kind: 'TOO_LITTLE'; found: PartSizes; needed: PartSizes }
  | {
      kind: 'TRAINED';
      content: ModelContent;
      /** When the first and the last list that it learned from was shown. */
      dataFrom: number;
      dataTo: number;
      /** Lists with better and worse tutors in each part. */
      sizes: PartSizes;
      bias: PositionBias;
      trees: number;
      comparison: ModelComparison;
      /** Is it for certain better than the one that runs? */
      isBetter: boolean;
    };

/** How many lists of each part tell better from worse. */
export interface PartSizes {
  training: number;
  validation: number;
  comparison: number;
}

/** One part of the lists as the trainer wants it. */
interface Part {
  lists: readonly LoggedList[];
  features: FeatureMatrix;
  groups: RankedGroups;
  /** What the hand-made weights say, to which trees add. */
  prior: Float64Array;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** NDCG is of so many places. */
const TOP = 10;
const PATIENCE = 30;
const OPTIONS = {
  rounds: 300,
  learningRate: 0.06,
  leaves: 8,
  depth: 4,
  l2: 5,
  leastHessian: 1,
  leastRows: 20,
  rowShare: 0.8,
  columnShare: 0.7,
  monotone: FEATURE_DIRECTIONS,
};
/** The places' propensities are estimated from so many of the newest rows. */
const MOST_BIAS_ROWS = 40_000;
const IMPORTANCE_ROWS = 300;

/**
 * Trains a ranker on lists as they were shown and what came of them: LambdaMART whose trees correct the hand-made
 * weights, so that a little data makes it a little better rather than another. Split by time: it learns from the oldest
 * lists, stops and is calibrated by later ones, and is compared with the running model on the latest. Outcomes at places
 * that are hardly looked at count for more, by how likely each place is looked at.
 *
 * Pure, and it keeps its thread busy for up to minutes: call it in a worker.
 */
export function trainRanker(dataset: RankingDataset, options: RankerTrainingOptions): TrainedRanker {
  const { leastLists = 300, seed = 1, onProgress } = options;
  const parts = split(dataset, options);
  const sizes = mapParts(parts, (lists) => lists.filter(isTelling).length);
  const fifth = Math.ceil(leastLists / 5);
  const needed = { training: leastLists, validation: fifth, comparison: fifth };
  if (Object.entries(needed).some(([part, least]) => sizes[part as keyof PartSizes] < least)) {
    return { kind: 'TOO_LITTLE', found: sizes, needed };
  }
  const newest = parts.training.flatMap(({ rows }) => rows).slice(-MOST_BIAS_ROWS);
  const bias = estimatePositionBias(newest);
  onProgress?.(0.3);
  const [training, validation] = [partOf(parts.training, bias), partOf(parts.validation, bias)];
  const boosted = fit(training, validation, seed, (share) => onProgress?.(0.3 + 0.6 * share));
  const content = finished(boosted, validation);
  const comparison = compareModels({ candidate: content, running: options.running }, parts.comparison, bias, TOP);
  onProgress?.(1);
  const shown = parts.training.map(({ shownAt }) => shownAt);
  return {
    kind: 'TRAINED',
    content,
    dataFrom: shown.at(0) ?? 0,
    dataTo: shown.at(-1) ?? 0,
    sizes,
    bias,
    trees: boosted.trees.length,
    comparison,
    isBetter: comparison.difference.low > 0,
  };
}

function fit(training: Part, validation: Part, seed: number, onProgress: (share: number) => void): BoostedModel {
  const whole = (scores: Float64Array) => scores.map((score, row) => score + (validation.prior[row] ?? 0));
  return trainBoosting(FEATURE_NAMES, training.features, startingFrom(training.prior, lambdaRank(training.groups)), {
    ...OPTIONS,
    seed,
    validation: {
      features: validation.features,
      loss: (scores) => -meanNdcg(validation.groups, whole(scores), TOP),
      patience: PATIENCE,
    },
    onRound: (round) => onProgress((round + 1) / OPTIONS.rounds),
  });
}

/** The model with its chances, as lists that it was not trained on show them. */
function finished(boosted: BoostedModel, { lists }: Part): ModelContent {
  const rows = lists.flatMap((list) => list.rows);
  const uncalibrated = {
    kind: 'BOOSTED',
    prior: [...HAND_MADE_TERMS],
    boosted,
    importance: [],
    calibration: { slope: 1, intercept: 0 },
  } satisfies ModelContent;
  const scores = rankRows(
    uncalibrated,
    rows.map(({ features }) => features),
  ).map(({ score }) => score);
  const successes = rows.map(({ grade }) => Number(grade >= SUCCESS));
  const step = Math.max(1, Math.floor(rows.length / IMPORTANCE_ROWS));
  const some = rows
    .filter((_, index) => index % step === 0)
    .map(({ features }) => contributionsOf(uncalibrated, features));
  const means = FEATURE_NAMES.map((_, column) => meanOf(some.map((parts) => parts[column] ?? 0)));
  return {
    ...uncalibrated,
    importance: means.map((mean, column) => meanOf(some.map((parts) => Math.abs((parts[column] ?? 0) - mean)))),
    calibration: calibrate(scores, successes),
  };
}

/** The lists in three parts, one later than the other. */
function split(
  { lists }: RankingDataset,
  { comparisonDays = 7, validationDays = 7 }: RankerTrainingOptions,
): Record<keyof PartSizes, LoggedList[]> {
  const sorted = lists.filter(({ rows }) => rows.length > 0).sort((a, b) => a.shownAt - b.shownAt);
  const comparisonFrom = (sorted.at(-1)?.shownAt ?? 0) - comparisonDays * DAY_MS;
  const validationFrom = comparisonFrom - validationDays * DAY_MS;
  return {
    training: sorted.filter(({ shownAt }) => shownAt <= validationFrom),
    validation: sorted.filter(({ shownAt }) => shownAt > validationFrom && shownAt <= comparisonFrom),
    comparison: sorted.filter(({ shownAt }) => shownAt > comparisonFrom),
  };
}

function partOf(lists: readonly LoggedList[], bias: PositionBias): Part {
  const rows = lists.flatMap((list) => list.rows);
  const features = rows.map((row) => row.features);
  const prior = Float64Array.from(rankRows(HAND_MADE, features), ({ score }) => score);
  return { lists, features: matrixOf(features), groups: gradedGroups(lists, bias), prior };
}

/** Can anything be learned of its order? */
function isTelling({ rows }: LoggedList): boolean {
  return rows.some(({ grade }) => grade !== rows[0]?.grade);
}

function mapParts<T>(parts: Record<keyof PartSizes, T>, of: (part: T) => number): PartSizes {
  return { training: of(parts.training), validation: of(parts.validation), comparison: of(parts.comparison) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
