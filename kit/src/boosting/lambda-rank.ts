import { Random } from '../demo/random.js';
import { discount, idealsOf, type RankedGroups } from './ndcg.js';
import { type Objective, sigmoid } from './objectives.js';

/** How to rank; what is left out has the default. */
export interface LambdaRankOptions {
  /** Pairs of which neither row stands among the first so many do not matter. @default 30 */
  top?: number;
}

const LEAST_HESSIAN = 1e-16;

/**
 * LambdaMART: of each pair of rows of a group that one is worth more than the other, both are moved by how much NDCG
 * would change if they changed places. After Burges, "From RankNet to LambdaRank to LambdaMART: An Overview" (2010),
 * with sigma 1; pairs are cut at the top as LightGBM does it, with the discount of the whole list, so that what stands
 * just below is still drawn up.
 */
export function lambdaRank(groups: RankedGroups, { top = 30 }: LambdaRankOptions = {}): Objective {
  const ideals = idealsOf(groups, Number.POSITIVE_INFINITY);
  const lists = Array.from(ideals, (ideal, group) => new RankedList(groups, group, ideal, top));
  const useful = lists.filter(({ isUseful }) => isUseful);
  return {
    baseScore: 0,
    gradients(scores, gradient, hessian) {
      gradient.fill(0);
      hessian.fill(LEAST_HESSIAN);
      for (const list of useful) list.addTo(scores, gradient, hessian);
    },
  };
}

/** One group, and the order that its rows have now. */
class RankedList {
  /** Can its order be better or worse? */
  readonly isUseful: boolean;
  readonly #groups: RankedGroups;
  readonly #order: number[];
  readonly #discounts: Float64Array;
  readonly #scale: number;
  readonly #top: number;

  constructor(groups: RankedGroups, group: number, ideal: number, top: number) {
    const [start = 0, end = 0] = groups.starts.subarray(group, group + 2);
    const rows = Array.from({ length: end - start }, (_, index) => start + index);
    this.#groups = groups;
    // Rows of equal scores keep the order they had, first this one: as they came could be how they were shown.
    this.#order = new Random('lambda rank', group).shuffle(rows);
    this.#discounts = Float64Array.from(rows, (_, place) => discount(place));
    this.#scale = ideal > 0 ? (groups.weights[group] ?? 0) / ideal : 0;
    this.#top = top;
    this.isUseful = this.#scale > 0 && new Set(rows.map((row) => groups.gains[row])).size > 1;
  }

  addTo(scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
    const order = this.#order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const { gains } = this.#groups;
    const discounts = this.#discounts;
    for (let place = 0; place < Math.min(this.#top, order.length); place++) {
      const row = order[place] ?? 0;
      for (let lower = place + 1; lower < order.length; lower++) {
        const other = order[lower] ?? 0;
        const difference = (gains[row] ?? 0) - (gains[other] ?? 0);
        if (difference === 0) continue;
        const [better, worse] = difference > 0 ? [row, other] : [other, row];
        const change = Math.abs(difference) * ((discounts[place] ?? 0) - (discounts[lower] ?? 0)) * this.#scale;
        const wrong = sigmoid((scores[worse] ?? 0) - (scores[better] ?? 0));
        const curvature = wrong * (1 - wrong) * change;
        gradient[better] = (gradient[better] ?? 0) - wrong * change;
        gradient[worse] = (gradient[worse] ?? 0) + wrong * change;
        hessian[better] = (hessian[better] ?? 0) + curvature;
        hessian[worse] = (hessian[worse] ?? 0) + curvature;
      }
    }
  }
}
