import { trainBoosting } from '@tutorgraph/kit/boosting/boosting';
import { matrixOf } from '@tutorgraph/kit/boosting/matrix';
import { type Objective, sigmoid } from '@tutorgraph/kit/boosting/objectives';
import { FEATURE_DIRECTIONS, FEATURE_NAMES } from './features.js';
import type { LoggedRow } from './ranking-dataset.js';

/** How likely each place of a list is looked at, the first one being 1. */
export interface PositionBias {
  /** Of place 1, 2, …; places behind the last are as the last. They never rise. */
  propensities: number[];
}

/** Nobody stands for more rows than this: what was looked at hardly ever would decide everything. */
export const MOST_WEIGHT = 10;
/** Places behind this one are counted together. */
const PLACES = 20;
/** So many rows of the usual share stand beside what was counted at a place. */
const PRIOR_ROWS = 20;
const STEPS_A_TREE = 5;
/** Where the first place begins. */
const FIRST = 0.7;
const MOST_WANTED = 0.9;
const LEAST_HESSIAN = 1e-9;
const OPTIONS = { rounds: 150, learningRate: 0.2, leaves: 8, depth: 4, leastHessian: 5, l2: 3, bins: 32 };

/**
 * Estimates from the logs alone how likely each place is looked at: something comes of a tutor when the place is looked
 * at and the tutor is wanted, `P(outcome) = propensity(place) × sigmoid(score(features))`. Both are fitted together by
 * regression-based expectation maximisation (Wang, Golbandi, Bendersky, Metzler and Najork, "Position Bias Estimation
 * for Unbiased Learning to Rank in Personal Search", WSDM 2018): one step of each for every tree. What tells the two
 * apart is that tutors of the same features stood at different places: for different wishes, models and explorations.
 *
 * @param rows - with their places and whether anything came of them
 */
export function estimatePositionBias(rows: readonly LoggedRow[]): PositionBias {
  const places = Int32Array.from(rows, ({ position }) => Math.min(position, PLACES) - 1);
  const outcomes = Uint8Array.from(rows, ({ grade }) => Number(grade > 0));
  const estimate = new BiasEstimate(places, outcomes);
  if (estimate.isPossible) {
    const features = matrixOf(rows.map((row) => row.features));
    trainBoosting(FEATURE_NAMES, features, estimate, { ...OPTIONS, monotone: FEATURE_DIRECTIONS });
  }
  return { propensities: estimate.propensities() };
}

/** For how many rows one at this place stands: the inverse of how likely it is looked at. @param position - from 1 */
export function weightOf({ propensities }: PositionBias, position: number): number {
  const propensity = propensities[Math.min(position, propensities.length) - 1] ?? 1;
  return Math.min(MOST_WEIGHT, 1 / propensity);
}

/** The objective of the wanted part, which fits the places on its way. */
class BiasEstimate implements Objective {
  readonly baseScore: number;
  /** Is there anything to learn from? */
  readonly isPossible: boolean;
  readonly #places: Int32Array;
  readonly #outcomes: Uint8Array;
  readonly #rows = new Float64Array(PLACES);
  /** Only their ratios can be known: none is held for certain on the way. */
  #looked = Float64Array.from({ length: PLACES }, (_, place) => FIRST * usual(place));

  constructor(places: Int32Array, outcomes: Uint8Array) {
    this.#places = places;
    this.#outcomes = outcomes;
    let [wanted, looked] = [0, 0];
    for (const [row, place] of places.entries()) {
      this.#rows[place] = (this.#rows[place] ?? 0) + 1;
      wanted += outcomes[row] ?? 0;
      looked += this.#looked[place] ?? 0;
    }
    this.isPossible = wanted > 0 && wanted < places.length;
    const share = Math.min(MOST_WANTED, (wanted + 1) / (looked + 2));
    this.baseScore = Math.log(share / (1 - share));
  }

  gradients(scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
    const wanted = scores.map(sigmoid);
    for (let step = 0; step < STEPS_A_TREE; step++) this.#fitPlaces(wanted);
    for (const [row, chance] of wanted.entries()) {
      const looked = this.#looked[this.#places[row] ?? 0] ?? 1;
      // They may have been wanted all the same, of whom nothing came: at a place that was not looked at.
      const expected = this.#outcomes[row] ? 1 : (chance * (1 - looked)) / (1 - chance * looked);
      gradient[row] = chance - expected;
      hessian[row] = Math.max(chance * (1 - chance), LEAST_HESSIAN);
    }
  }

  /** How likely each place is looked at; never more likely than the one above it. */
  propensities(): number[] {
    const [first = 1, ...others] = falling([...this.#looked], [...this.#rows]);
    return [1, ...others.map((looked) => looked / first)];
  }

  /** How likely each place was looked at, by how much those are wanted of whom nothing came there. */
  #fitPlaces(wanted: Float64Array): void {
    const looks = new Float64Array(PLACES);
    for (const [row, chance] of wanted.entries()) {
      const place = this.#places[row] ?? 0;
      const looked = this.#looked[place] ?? 1;
      const expected = this.#outcomes[row] ? 1 : (looked * (1 - chance)) / (1 - chance * looked);
      looks[place] = (looks[place] ?? 0) + expected;
    }
    this.#looked = looks.map(
      (sum, place) => (sum + PRIOR_ROWS * FIRST * usual(place)) / ((this.#rows[place] ?? 0) + PRIOR_ROWS),
    );
  }
}

/** What is held for likely before anything is known. */
function usual(place: number): number {
  return 1 / Math.sqrt(place + 1);
}

/** The nearest values that never rise, each counting as much as its weight (pool adjacent violators). */
function falling(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { value: number; weight: number; length: number }[] = [];
  for (const [place, value] of values.entries()) {
    let pool = { value, weight: (weights[place] ?? 0) + PRIOR_ROWS, length: 1 };
    for (let last = pools.at(-1); last && last.value < pool.value; last = pools.at(-1)) {
      pools.pop();
      const weight = last.weight + pool.weight;
      const mean = (last.value * last.weight + pool.value * pool.weight) / weight;
      pool = { value: mean, weight, length: last.length + pool.length };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, length }) => new Array<number>(length).fill(value));
}
