import { MISSING_BIN } from './bins.js';
import type { Histogram, Sums } from './histogram.js';

/** How trees grow. */
export interface GrowthRules {
  leaves: number;
  depth: number;
  learningRate: number;
  /** L2 on the value of a leaf. */
  l2: number;
  /** The least sum of hessians in a leaf. */
  leastHessian: number;
  /** The fewest rows in a leaf. */
  leastRows: number;
  /** The least that a split must gain. */
  leastGain: number;
  /** Of each feature: 1 when the score may only rise with it, -1 only fall, 0 either. */
  monotone: readonly number[];
}

/** Between what a leaf's value has to stay, so that constraints hold in the whole tree. */
export interface Bounds {
  low: number;
  high: number;
}

/** A way to divide a leaf: bins up to `bin` go left. */
export interface Split {
  column: number;
  bin: number;
  missingLeft: boolean;
  gain: number;
  leftBounds: Bounds;
  rightBounds: Bounds;
}

/** The value, before the learning rate, that lowers the loss of a leaf the most within its bounds. */
export function leafValue({ gradient, hessian }: Sums, { low, high }: Bounds, { l2 }: GrowthRules): number {
  return Math.min(Math.max(-gradient / (hessian + l2), low), high);
}

/** The division that gains the most by the second-order approximation of the loss; none when nothing is allowed. */
export function bestSplit(histogram: Histogram, bounds: Bounds, rules: GrowthRules): Split | undefined {
  const search = new SplitSearch(histogram.total, bounds, rules);
  for (const [index, column] of histogram.columns.entries()) search.look(column, histogram.binsOf(index));
  return search.best();
}

/** The feature of a division, and which way the score may go with it. */
interface Asked {
  column: number;
  direction: number;
}

/** Looks for the best division of one leaf. Thousands are weighed for each tree: an object for each would cost most. */
class SplitSearch {
  readonly #total: Sums;
  readonly #bounds: Bounds;
  readonly #rules: GrowthRules;
  readonly #loss: number;
  #gain: number;
  #column = -1;
  #bin = 0;
  #missingLeft = false;
  /** Of the best: which way the score may go with its feature, and half-way between the values of its leaves. */
  #direction = 0;
  #middle = 0;

  constructor(total: Sums, bounds: Bounds, rules: GrowthRules) {
    this.#total = total;
    this.#bounds = bounds;
    this.#rules = rules;
    this.#loss = this.#lossOf(total.gradient, total.hessian, leafValue(total, bounds, rules));
    this.#gain = rules.leastGain;
  }

  best(): Split | undefined {
    if (this.#column < 0) return undefined;
    const { low, high } = this.#bounds;
    const [lower, upper] = [
      { low, high: this.#middle },
      { low: this.#middle, high },
    ];
    const [leftBounds, rightBounds] = this.#direction > 0 ? [lower, upper] : [upper, lower];
    const isFree = this.#direction === 0;
    return {
      column: this.#column,
      bin: this.#bin,
      missingLeft: this.#missingLeft,
      gain: this.#gain,
      leftBounds: isFree ? this.#bounds : leftBounds,
      rightBounds: isFree ? this.#bounds : rightBounds,
    };
  }

  /** Weighs all divisions by one feature. @param bins - gradient, hessian and rows of each bin, one after another */
  look(column: number, bins: Float64Array): void {
    const total = this.#total;
    const [missingGradient = 0, missingHessian = 0, missingRows = 0] = bins.subarray(MISSING_BIN * 3);
    const present = total.rows - missingRows;
    const asked: Asked = { column, direction: this.#rules.monotone[column] ?? 0 };
    const last = bins.length / 3 - 1;
    let [gradient, hessian, rows] = [0, 0, 0];
    for (let bin = MISSING_BIN + 1; bin < last; bin++) {
      gradient += bins[bin * 3] ?? 0;
      hessian += bins[bin * 3 + 1] ?? 0;
      rows += bins[bin * 3 + 2] ?? 0;
      if (missingRows === 0) {
        // Nothing to learn where a missing value goes: with the most.
        const isMost = hessian >= total.hessian - hessian;
        this.#weigh(asked, bin, isMost, gradient, hessian, rows);
      } else {
        const [withGradient, withHessian] = [gradient + missingGradient, hessian + missingHessian];
        this.#weigh(asked, bin, true, withGradient, withHessian, rows + missingRows);
        this.#weigh(asked, bin, false, gradient, hessian, rows);
      }
    }
    // Whether there is a value at all can say more than any threshold: all that are present go left.
    if (missingRows > 0 && present > 0) {
      const [ownGradient, ownHessian] = [total.gradient - missingGradient, total.hessian - missingHessian];
      this.#weigh({ column, direction: 0 }, last, false, ownGradient, ownHessian, present);
    }
  }

  /** Keeps a division if no rule forbids it and it gains more than the others; what is not left is right. */
  #weigh(
    { column, direction }: Asked,
    bin: number,
    missingLeft: boolean,
    gradient: number,
    hessian: number,
    rows: number,
  ): void {
    const { leastHessian, leastRows } = this.#rules;
    const [otherGradient, otherHessian] = [this.#total.gradient - gradient, this.#total.hessian - hessian];
    if (hessian < leastHessian || otherHessian < leastHessian) return;
    if (rows < leastRows || this.#total.rows - rows < leastRows) return;
    const left = this.#valueOf(gradient, hessian);
    const right = this.#valueOf(otherGradient, otherHessian);
    if ((right - left) * direction < 0) return;
    const loss = this.#lossOf(gradient, hessian, left) + this.#lossOf(otherGradient, otherHessian, right);
    const gain = this.#loss - loss;
    if (!(gain > this.#gain)) return;
    this.#gain = gain;
    this.#column = column;
    this.#bin = bin;
    this.#missingLeft = missingLeft;
    this.#direction = direction;
    this.#middle = (left + right) / 2;
  }

  #valueOf(gradient: number, hessian: number): number {
    const { low, high } = this.#bounds;
    return Math.min(Math.max(-gradient / (hessian + this.#rules.l2), low), high);
  }

  /** Twice the change of the loss, to the second order, that a leaf of this value makes. */
  #lossOf(gradient: number, hessian: number, value: number): number {
    return 2 * gradient * value + (hessian + this.#rules.l2) * value * value;
  }
}
