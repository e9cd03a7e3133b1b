/**
 * Rows in groups that are ranked among themselves: the tutors of one list. The rows of a group lie together, the
 * groups one after another.
 */
export interface RankedGroups {
  /** What each row is worth at the top, 0 or more. */
  gains: Float64Array;
  /** Where each group begins, and behind the last one its end. */
  starts: Int32Array;
  /** How much each group counts. */
  weights: Float64Array;
}

/**
 * Rows by their labels: a row is worth `2^label − 1` at the top (Burges et al., "Learning to Rank using Gradient
 * Descent", ICML 2005).
 *
 * With weights a row stands for so many rows, as inverse propensities do: one that was chosen where few look stands for
 * those that nobody saw there. A group counts as much as its rows with a gain weigh on average, for in its own NDCG
 * weights would cancel out: so the mean over groups is what it would be if every place had been looked at (Joachims,
 * Swaminathan and Schnabel, "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017).
 *
 * @param sizes - how many rows each group has
 * @param rowWeights - of each row. @default 1
 * @throws RangeError when the sizes do not add up to the rows
 */
export function groupsOf(
  labels: ArrayLike<number>,
  sizes: readonly number[],
  rowWeights?: ArrayLike<number>,
): RankedGroups {
  const starts = new Int32Array(sizes.length + 1);
  for (const [group, size] of sizes.entries()) starts[group + 1] = (starts[group] ?? 0) + size;
  if (starts.at(-1) !== labels.length) {
    throw new RangeError(`${labels.length} rows are not the ${starts.at(-1)} of their groups; count the groups again`);
  }
  const gains = new Float64Array(labels.length);
  const weights = new Float64Array(sizes.length);
  for (const [group] of sizes.entries()) {
    let [plain, weighted] = [0, 0];
    for (let row = starts[group] ?? 0; row < (starts[group + 1] ?? 0); row++) {
      const gain = 2 ** (labels[row] ?? 0) - 1;
      gains[row] = gain * (rowWeights?.[row] ?? 1);
      plain += gain;
      weighted += gains[row] ?? 0;
    }
    weights[group] = plain > 0 ? weighted / plain : 0;
  }
  return { gains, starts, weights };
}

/** What a gain at this place counts: all at the first one, 0; half at the third. */
export function discount(place: number): number {
  return 1 / Math.log2(place + 2);
}

/** The greatest DCG that each group can have among its first `top` places; 0 for a group in which nothing has a gain. */
export function idealsOf({ gains, starts }: RankedGroups, top: number): Float64Array {
  const ideals = new Float64Array(starts.length - 1);
  for (let group = 0; group < ideals.length; group++) {
    const sorted = gains
      .slice(starts[group], starts[group + 1])
      .sort()
      .reverse();
    ideals[group] = sorted.slice(0, top).reduce((sum, gain, place) => sum + gain * discount(place), 0);
  }
  return ideals;
}

/**
 * NDCG of each group's first `top` places: 1 when nothing better stands below, NaN where nothing has a gain. Rows of
 * equal scores share the mean of their places (McSherry and Najork, "Computing Information Retrieval Performance
 * Measures Efficiently in the Presence of Tied Scores", ECIR 2008), so that the order of the rows tells nothing.
 */
export function ndcgOf(groups: RankedGroups, scores: ArrayLike<number>, top: number): Float64Array {
  const ideals = idealsOf(groups, top);
  return ideals.map((ideal, group) => {
    if (ideal === 0) return Number.NaN;
    const [start = 0, end = 0] = groups.starts.subarray(group, group + 2);
    return (
      dcgOf(
        groups.gains.subarray(start, end),
        Array.from({ length: end - start }, (_, row) => scores[start + row] ?? 0),
        top,
      ) / ideal
    );
  });
}

/** The mean NDCG of all groups, by their weights; NaN where no group has a gain. */
export function meanNdcg(groups: RankedGroups, scores: ArrayLike<number>, top: number): number {
  return weightedMean(ndcgOf(groups, scores, top), groups.weights);
}

/** The mean of the values that are there, by their weights. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const [value, weight] = [values[index] ?? Number.NaN, weights[index] ?? 0];
    if (Number.isNaN(value)) continue;
    sum += value * weight;
    total += weight;
  }
  return sum / total;
}

function dcgOf(gains: Float64Array, scores: readonly number[], top: number): number {
  const order = scores.map((_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let dcg = 0;
  for (let first = 0; first < Math.min(top, order.length); ) {
    let after = first;
    let [gain, share] = [0, 0];
    for (; after < order.length && scores[order[after] ?? 0] === scores[order[first] ?? 0]; after++) {
      gain += gains[order[after] ?? 0] ?? 0;
      share += after < top ? discount(after) : 0;
    }
    dcg += (gain * share) / (after - first);
    first = after;
  }
  return dcg;
}
