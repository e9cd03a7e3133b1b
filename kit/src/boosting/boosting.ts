import { Random } from '../demo/random.js';
import { binFeatures } from './bins.js';
import { TreeGrower } from './grow-tree.js';
import type { FeatureMatrix } from './matrix.js';
import { BOOSTED_MODEL_VERSION, type BoostedModel } from './model.js';
import type { Objective } from './objectives.js';
import type { GrowthRules } from './split.js';
import { type Tree, treeScore } from './tree.js';

/** How to train; what is left out has the default. */
export interface BoostingOptions extends Partial<GrowthRules> {
  /** The most trees. @default 200 */
  rounds?: number;
  /** The share of rows that each tree sees. @default 1 */
  rowShare?: number;
  /** The share of features that each tree may ask for. @default 1 */
  columnShare?: number;
  /** Bins of one feature, 2 to 254. @default 64 */
  bins?: number;
  /** The same seed, data and options give the same model. @default 1 */
  seed?: number;
  /** Stop when the loss of these rows has not fallen for `patience` trees, and keep the trees until its lowest. */
  validation?: { features: FeatureMatrix; loss(scores: Float64Array): number; patience: number };
  /** Told the share that is done: from a worker, this is its progress. */
  onRound?(round: number): void;
}

const DEFAULTS: GrowthRules = {
  leaves: 8,
  depth: 4,
  learningRate: 0.05,
  l2: 1,
  leastHessian: 1,
  leastRows: 1,
  leastGain: 0,
  monotone: [],
};

/**
 * Gradient boosting of regression trees over histograms: second-order gain, L2, missing values on a learned side,
 * monotone constraints. Hand-written, because no kept package trains boosted trees in Node.
 * After Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System" (KDD 2016).
 *
 * It keeps its thread busy to the end: call it in a worker.
 * @param names - of the features, column after column; the model carries them
 * @throws RangeError when names and columns differ in number
 */
export function trainBoosting(
  names: readonly string[],
  features: FeatureMatrix,
  objective: Objective,
  options: BoostingOptions = {},
): BoostedModel {
  if (names.length !== features.columns) {
    throw new RangeError(`${features.columns} columns have ${names.length} names; give each column one`);
  }
  const { rounds = 200, rowShare = 1, columnShare = 1, bins = 64, seed = 1, validation } = options;
  const grower = new TreeGrower(binFeatures(features, bins), { ...DEFAULTS, ...options });
  const random = new Random('boosting', seed);
  const scores = new Scores(features, objective.baseScore);
  const gradient = new Float64Array(features.rows);
  const hessian = new Float64Array(features.rows);
  const stopping = validation && new EarlyStopping(validation, objective.baseScore);
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round++) {
    objective.gradients(scores.values, gradient, hessian);
    const rows = sample(features.rows, rowShare, random);
    const columns = [...sample(features.columns, columnShare, random)];
    const tree = grower.grow(rows, columns, gradient, hessian);
    // A root that cannot be divided, when every row and feature was looked at, will not be so later either.
    if (tree.feature.length === 1 && rowShare >= 1 && columnShare >= 1) break;
    trees.push(tree);
    scores.add(tree);
    options.onRound?.(round);
    if (stopping?.isOver(tree)) break;
  }
  return {
    version: BOOSTED_MODEL_VERSION,
    features: [...names],
    baseScore: objective.baseScore,
    trees: stopping ? trees.slice(0, stopping.best) : trees,
  };
}

/** The raw scores of all rows, as tree after tree adds to them. */
class Scores {
  readonly values: Float64Array;
  readonly #features: FeatureMatrix;

  constructor(features: FeatureMatrix, baseScore: number) {
    this.#features = features;
    this.values = new Float64Array(features.rows).fill(baseScore);
  }

  add(tree: Tree): void {
    const { values, columns } = this.#features;
    for (let row = 0; row < this.values.length; row++) {
      this.values[row] = (this.values[row] ?? 0) + treeScore(tree, values, row * columns);
    }
  }
}

class EarlyStopping {
  /** How many trees had the lowest loss. */
  best = 0;
  readonly #validation: NonNullable<BoostingOptions['validation']>;
  readonly #scores: Scores;
  #lowest: number;
  #trees = 0;

  constructor(validation: NonNullable<BoostingOptions['validation']>, baseScore: number) {
    this.#validation = validation;
    this.#scores = new Scores(validation.features, baseScore);
    this.#lowest = validation.loss(this.#scores.values);
  }

  isOver(tree: Tree): boolean {
    this.#trees++;
    this.#scores.add(tree);
    const loss = this.#validation.loss(this.#scores.values);
    if (loss < this.#lowest) {
      this.#lowest = loss;
      this.best = this.#trees;
    }
    return this.#trees - this.best >= this.#validation.patience;
  }
}

/** Some of the numbers from 0 on, rising. */
function sample(count: number, share: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: count }, (_, index) => index);
  if (share >= 1) return all;
  const wanted = Math.max(1, Math.round(count * share));
  // Taking the first of a partial shuffle (Fisher–Yates) gives an exact share.
  for (let index = 0; index < wanted; index++) {
    const other = random.integer(index, count - 1);
    const kept = all[index] ?? 0;
    all[index] = all[other] ?? 0;
    all[other] = kept;
  }
  return all.slice(0, wanted).sort();
}
