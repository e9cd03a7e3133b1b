import { describe, expect, it } from 'vitest';
import { Random } from '../demo/random.js';
import { trainBoosting } from './boosting.js';
import { lambdaRank } from './lambda-rank.js';
import { matrixOf } from './matrix.js';
import { boostedScore } from './model.js';
import { groupsOf, meanNdcg } from './ndcg.js';

const derivatives = (labels: number[], scores: number[], weights?: number[], top?: number) => {
  const [gradient, hessian] = [new Float64Array(labels.length), new Float64Array(labels.length)];
  const objective = lambdaRank(groupsOf(labels, [labels.length], weights), top === undefined ? {} : { top });
  objective.gradients(Float64Array.from(scores), gradient, hessian);
  return { gradient, hessian };
};

const SIZE = 8;
const OPTIONS = { rounds: 60, learningRate: 0.2, leastHessian: 0.01 };

/** Lists whose order is planted: labels 0 to 3 by `worth`, with a little noise. */
function planted(lists: number, worth: (row: number[]) => number, seed: number) {
  const random = new Random('planted order', seed);
  const rows = Array.from({ length: lists * SIZE }, () => Array.from({ length: 4 }, () => random.next()));
  const labels = rows.map((row) => Math.min(3, Math.max(0, Math.floor((worth(row) + random.normal(0, 0.05)) * 4))));
  return { rows, labels, features: matrixOf(rows), groups: groupsOf(labels, new Array<number>(lists).fill(SIZE)) };
}

describe('LambdaMART', () => {
  it('moves two rows by what NDCG would change if they changed places', () => {
    const change = 1 - 1 / Math.log2(3);
    const { gradient, hessian } = derivatives([1, 0], [0, 0]);
    expect(gradient[0]).toBeCloseTo(-change / 2, 12);
    expect(gradient[1]).toBeCloseTo(change / 2, 12);
    expect(hessian[0]).toBeCloseTo(change / 4, 12);
    expect(hessian[1]).toBeCloseTo(change / 4, 12);
  });

  it('counts each pair at the places where its rows stand', () => {
    // In order: label 0 (score 2), 2 (1), 1 (0); worth 0, 3 and 1; at best 3 + 1/log2(3).
    const ideal = 3 + 1 / Math.log2(3);
    const [second, third] = [1 / Math.log2(3), 1 / 2];
    const wrong = (by: number) => 1 / (1 + Math.exp(by));
    const [first, last] = [(wrong(-1) * 3 * (1 - second)) / ideal, (wrong(-2) * (1 - third)) / ideal];
    const middle = (wrong(1) * 2 * (second - third)) / ideal;
    const { gradient } = derivatives([0, 2, 1], [2, 1, 0]);
    expect(gradient[0]).toBeCloseTo(first + last, 12);
    expect(gradient[1]).toBeCloseTo(-first - middle, 12);
    expect(gradient[2]).toBeCloseTo(middle - last, 12);
  });

  it('leaves rows alone that are worth the same, and pairs below the top', () => {
    expect([...derivatives([1, 1], [0, 1]).gradient]).toEqual([0, 0]);
    const cut = derivatives([0, 0, 1, 0], [4, 3, 2, 1], undefined, 1).gradient;
    expect(cut[0]).toBeGreaterThan(0);
    expect([cut[1], cut[3]]).toEqual([0, 0]);
  });

  it('moves rows by a weight as often as it stands for', () => {
    const [once, thrice] = [derivatives([1, 0, 0], [0, 1, 2]), derivatives([1, 0, 0], [0, 1, 2], [3, 1, 1])];
    expect([...thrice.gradient].map((part) => part / 3)).toEqual(
      [...once.gradient].map((part) => expect.closeTo(part, 12)),
    );
  });

  it('learns a planted order that no single feature gives', () => {
    const worth = ([a = 0, b = 0, c = 0]: number[]) => (c > 0.5 ? a : b);
    const [own, other] = [planted(150, worth, 1), planted(100, worth, 2)];
    const model = trainBoosting(['a', 'b', 'c', 'noise'], own.features, lambdaRank(own.groups), OPTIONS);
    const of = (scores: number[]) => meanNdcg(other.groups, scores, 5);
    const learned = of(other.rows.map((row) => boostedScore(model, row)));
    expect(learned).toBeGreaterThan(0.9);
    for (const column of [0, 1, 2, 3])
      expect(learned - of(other.rows.map((row) => row[column] ?? 0))).toBeGreaterThan(0.1);
  });

  it('learns where rows belong whose value is missing', () => {
    const random = new Random('missing values');
    const own = planted(100, ([a = 0]) => a, 3);
    const holed = own.rows.map(([a = 0], row) => [(own.labels[row] ?? 0) >= 3 ? Number.NaN : a * random.next()]);
    const model = trainBoosting(['a'], matrixOf(holed), lambdaRank(own.groups), OPTIONS);
    const present = [0, 0.2, 0.4, 0.6, 0.8].map((a) => boostedScore(model, [a]));
    expect(boostedScore(model, [Number.NaN])).toBeGreaterThan(Math.max(...present));
  });

  it('stops when NDCG of the lists kept aside no longer rises', () => {
    const noisy = ([a = 0]: number[]) => a * 0.3;
    const mixed = (seed: number) => {
      const random = new Random('mixed labels', seed);
      const made = planted(60, noisy, seed);
      const labels = made.labels.map((label) => (random.chance(0.4) ? random.integer(0, 3) : label));
      return { ...made, groups: groupsOf(labels, new Array<number>(60).fill(SIZE)) };
    };
    const [own, aside] = [mixed(5), mixed(6)];
    const loss = (scores: Float64Array) => -meanNdcg(aside.groups, scores, 5);
    const model = trainBoosting(['a', 'b', 'c', 'd'], own.features, lambdaRank(own.groups), {
      ...OPTIONS,
      rounds: 200,
      validation: { features: aside.features, loss, patience: 15 },
    });
    expect(model.trees.length).toBeGreaterThan(0);
    expect(model.trees.length).toBeLessThan(185);
  });
});
