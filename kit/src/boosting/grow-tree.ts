import type { BinnedFeatures } from './bins.js';
import { Histogram } from './histogram.js';
import { type Bounds, bestSplit, type GrowthRules, leafValue, type Split } from './split.js';
import { LEAF, type Tree } from './tree.js';

/** A leaf that may still be divided. */
interface OpenLeaf {
  node: number;
  depth: number;
  rows: Int32Array;
  histogram: Histogram;
  bounds: Bounds;
  split: Split | undefined;
}

const UNBOUNDED: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * Grows one tree leaf by leaf, always at the leaf whose division gains the most, from histograms of gradients: the
 * smaller half's is counted, the larger one's is its parent's less that.
 */
export class TreeGrower {
  readonly #features: BinnedFeatures;
  readonly #rules: GrowthRules;

  constructor(features: BinnedFeatures, rules: GrowthRules) {
    this.#features = features;
    this.#rules = rules;
  }

  /** @param columns - the features that this tree may ask for */
  grow(rows: Int32Array, columns: readonly number[], gradient: Float64Array, hessian: Float64Array): Tree {
    const tree = emptyTree();
    const histogram = Histogram.count(this.#features, rows, columns, gradient, hessian);
    const open = [this.#openLeaf(tree, { depth: 0, rows, histogram, bounds: UNBOUNDED })];
    let leaves = 1;
    while (leaves < this.#rules.leaves) {
      const [leaf, split] = takeBest(open);
      if (!leaf || !split) break;
      const [left, right] = this.#divide(leaf, split, gradient, hessian);
      tree.feature[leaf.node] = split.column;
      tree.threshold[leaf.node] = this.#features.edges[split.column]?.[split.bin - 1] ?? Number.MAX_VALUE;
      tree.missingLeft[leaf.node] = split.missingLeft;
      tree.gain[leaf.node] = split.gain;
      tree.value[leaf.node] = 0;
      tree.left[leaf.node] = tree.feature.length;
      open.push(this.#openLeaf(tree, left));
      tree.right[leaf.node] = tree.feature.length;
      open.push(this.#openLeaf(tree, right));
      leaves++;
    }
    return tree;
  }

  #openLeaf(tree: Tree, leaf: Omit<OpenLeaf, 'node' | 'split'>): OpenLeaf {
    const node = tree.feature.length;
    const { total } = leaf.histogram;
    tree.feature.push(LEAF);
    tree.threshold.push(0);
    tree.left.push(LEAF);
    tree.right.push(LEAF);
    tree.missingLeft.push(false);
    tree.value.push(leafValue(total, leaf.bounds, this.#rules) * this.#rules.learningRate);
    tree.cover.push(total.hessian);
    tree.gain.push(0);
    const mayDivide = leaf.depth < this.#rules.depth;
    return { ...leaf, node, split: mayDivide ? bestSplit(leaf.histogram, leaf.bounds, this.#rules) : undefined };
  }

  #divide(leaf: OpenLeaf, split: Split, gradient: Float64Array, hessian: Float64Array) {
    const bins = this.#features.columns[split.column] ?? new Uint8Array();
    const isLeft = (row: number): boolean => {
      const bin = bins[row] ?? 0;
      return bin === 0 ? split.missingLeft : bin <= split.bin;
    };
    const left = leaf.rows.filter(isLeft);
    const right = leaf.rows.filter((row) => !isLeft(row));
    const isLeftSmaller = left.length <= right.length;
    const smaller = isLeftSmaller ? left : right;
    const counted = Histogram.count(this.#features, smaller, leaf.histogram.columns, gradient, hessian);
    const remaining = leaf.histogram.without(counted);
    const half = (rows: Int32Array, isCounted: boolean, bounds: Bounds) => ({
      depth: leaf.depth + 1,
      rows,
      histogram: isCounted ? counted : remaining,
      bounds,
    });
    return [half(left, isLeftSmaller, split.leftBounds), half(right, !isLeftSmaller, split.rightBounds)] as const;
  }
}

/** Takes the leaf out whose division gains the most. */
function takeBest(open: OpenLeaf[]): [OpenLeaf?, Split?] {
  let best = -1;
  for (const [index, { split }] of open.entries()) {
    if (split && split.gain > (open[best]?.split?.gain ?? 0)) best = index;
  }
  if (best < 0) return [];
  const [leaf] = open.splice(best, 1);
  return [leaf, leaf?.split];
}

function emptyTree(): Tree {
  return { feature: [], threshold: [], left: [], right: [], missingLeft: [], value: [], cover: [], gain: [] };
}
