import type { BoostedModel } from './model.js';
import { LEAF, type Tree } from './tree.js';

/** What made the raw score of one row. */
export interface Contributions {
  /** The mean score of the rows that the model was trained on. */
  base: number;
  /** What each feature added to it; together with `base` this is the raw score. */
  features: Float64Array;
}

/** What one feature has to be for a leaf. */
interface Condition {
  column: number;
  /** Above this. */
  low: number;
  /** At most this. */
  high: number;
  takesMissing: boolean;
  /** The share of training rows that go on this way when the feature is not known. */
  share: number;
}

/** A leaf with all that leads to it, one condition a feature. */
interface Way {
  conditions: readonly Condition[];
  value: number;
}

/** The ways of models that are asked again and again. */
const known = new WeakMap<BoostedModel, readonly Way[]>();

/**
 * Shapley values of a row: those of Lundberg, Erion and Lee, "Consistent Individualized Feature Attribution for Tree
 * Ensembles" (2018), counted leaf by leaf as Mitchell, Frank and Holmes do, "GPUTreeShap" (2022). Unlike splitting the
 * score along the row's own way, two features that say the same get the same.
 */
export function contributionsOf(model: BoostedModel, row: ArrayLike<number>): Contributions {
  const ways = known.get(model) ?? model.trees.flatMap((tree) => waysOf(tree));
  known.set(model, ways);
  const features = new Float64Array(model.features.length);
  // Thousands of ways for each row: they share these, and are gone through by number.
  const longest = ways.reduce((most, { conditions }) => Math.max(most, conditions.length), 0);
  const [goes, sums] = [new Float64Array(longest), new Float64Array(longest + 1)];
  let base = model.baseScore;
  for (const { conditions, value } of ways) {
    let mean = value;
    for (let index = 0; index < conditions.length; index++) {
      const condition = conditions[index] as Condition;
      goes[index] = isMet(condition, row[condition.column] ?? Number.NaN) ? 1 : 0;
      mean *= condition.share;
    }
    base += mean;
    for (let index = 0; index < conditions.length; index++) {
      const { column, share } = conditions[index] as Condition;
      const change = (goes[index] ?? 0) - share;
      features[column] = (features[column] ?? 0) + change * value * weightOf(conditions, goes, index, sums);
    }
  }
  return { base, features };
}

/**
 * How likely the others lead on, in the mean over all orders in which features can come to be known.
 *
 * @param sums - written over: of so many others known, the sum over all such choices of them
 */
function weightOf(conditions: readonly Condition[], goes: Float64Array, left: number, sums: Float64Array): number {
  let others = 0;
  sums[0] = 1;
  for (let index = 0; index < conditions.length; index++) {
    if (index === left) continue;
    const { share } = conditions[index] as Condition;
    const one = goes[index] ?? 0;
    others++;
    sums[others] = 0;
    for (let count = others; count > 0; count--) {
      sums[count] = (sums[count] ?? 0) * share + (sums[count - 1] ?? 0) * one;
    }
    sums[0] = (sums[0] ?? 0) * share;
  }
  // Each of so many features is as likely to be the first as the last; of one size, every choice alike.
  let [mean, choices] = [0, 1];
  for (let count = 0; count <= others; count++) {
    mean += (sums[count] ?? 0) / (choices * (others + 1));
    choices = (choices * (others - count)) / (count + 1);
  }
  return mean;
}

function isMet({ low, high, takesMissing }: Condition, value: number): boolean {
  return Number.isNaN(value) ? takesMissing : value > low && value <= high;
}

function waysOf(tree: Tree, node = 0, before: readonly Condition[] = []): Way[] {
  const column = tree.feature[node] ?? LEAF;
  if (column === LEAF) return [{ conditions: before, value: tree.value[node] ?? 0 }];
  const earlier = before.find((condition) => condition.column === column);
  const others = before.filter((condition) => condition !== earlier);
  const {
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
    takesMissing = true,
    share = 1,
  } = earlier ?? {};
  const [threshold, missingLeft] = [tree.threshold[node] ?? 0, tree.missingLeft[node] ?? false];
  const [left, right] = [tree.left[node] ?? 0, tree.right[node] ?? 0];
  const part = (child: number): number => share * ((tree.cover[child] ?? 0) / (tree.cover[node] || 1));
  const toLeft = { high: Math.min(high, threshold), low, takesMissing: takesMissing && missingLeft, share: part(left) };
  const toRight = {
    low: Math.max(low, threshold),
    high,
    takesMissing: takesMissing && !missingLeft,
    share: part(right),
  };
  return [
    ...waysOf(tree, left, [...others, { column, ...toLeft }]),
    ...waysOf(tree, right, [...others, { column, ...toRight }]),
  ];
}
