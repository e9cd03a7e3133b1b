import { describe, expect, it } from 'vitest';
import { Random } from '../demo/random.js';
import { trainBoosting } from './boosting.js';
import { contributionsOf } from './contributions.js';
import { matrixOf } from './matrix.js';
import { boostedModelSchema, boostedScore, featureImportance } from './model.js';
import { logistic, logLoss, type Objective, sigmoid } from './objectives.js';

const ROWS = 400;

/** Rows of `columns` even numbers from 0 to 1 and what `labelOf` says of them. */
function data(columns: number, labelOf: (row: number[], random: Random) => boolean, seed = 1) {
  const random = new Random('boosting test', seed);
  const rows = Array.from({ length: ROWS }, () => Array.from({ length: columns }, () => random.next()));
  return { rows, features: matrixOf(rows), labels: rows.map((row) => Number(labelOf(row, random))) };
}

const xor = ([a = 0, b = 0]: number[]) => a > 0.5 !== b > 0.5;

describe('gradient boosting', () => {
  it('learns what no single feature says', () => {
    const { rows, features, labels } = data(3, xor);
    const model = trainBoosting(['a', 'b', 'noise'], features, logistic(labels), { rounds: 60, learningRate: 0.3 });
    const right = rows.filter((row, index) => boostedScore(model, row) > 0 === (labels[index] === 1));
    expect(right.length / ROWS).toBeGreaterThan(0.97);
    const [a = 0, b = 0, noise = 1] = featureImportance(model);
    expect(Math.min(a, b)).toBeGreaterThan(noise * 3);
    expect(a + b + noise).toBeCloseTo(1);
  });

  it('learns which side a missing value belongs to', () => {
    const { rows, labels } = data(1, ([a = 0]) => a > 0.7 || a < 0.3);
    const holed = rows.map(([a = 0]) => [a < 0.3 ? Number.NaN : a]);
    const model = trainBoosting(['a'], matrixOf(holed), logistic(labels), { learningRate: 0.3 });
    expect(sigmoid(boostedScore(model, [Number.NaN]))).toBeGreaterThan(0.95);
    expect(sigmoid(boostedScore(model, [0.5]))).toBeLessThan(0.05);
    expect(sigmoid(boostedScore(model, [0.9]))).toBeGreaterThan(0.95);
  });

  it('stops when the loss of the rows kept aside no longer falls', () => {
    const noisy = (row: number[], random: Random) => (random.chance(0.4) ? random.chance(0.5) : xor(row));
    const own = data(6, noisy);
    const aside = data(6, noisy, 2);
    const loss = (scores: Float64Array) => logLoss(aside.labels, scores);
    const train = (validation?: { features: typeof aside.features; loss: typeof loss; patience: number }) =>
      trainBoosting(['a', 'b', 'c', 'd', 'e', 'f'], own.features, logistic(own.labels), {
        rounds: 150,
        learningRate: 0.3,
        validation,
      });
    const [stopped, whole] = [train({ features: aside.features, loss, patience: 10 }), train()];
    const lossOf = (model: typeof whole) => loss(Float64Array.from(aside.rows, (row) => boostedScore(model, row)));
    expect(whole.trees).toHaveLength(150);
    expect(stopped.trees.length).toBeGreaterThan(1);
    expect(lossOf(stopped)).toBeLessThan(lossOf(whole));
  });

  it('gives the same scores from a file, and the same model from the same seed', () => {
    const { rows, features, labels } = data(3, xor);
    const options = { rounds: 20, rowShare: 0.7, columnShare: 0.7, seed: 3 };
    const train = (seed: number) => trainBoosting(['a', 'b', 'c'], features, logistic(labels), { ...options, seed });
    const model = train(3);
    const read = boostedModelSchema.parse(JSON.parse(JSON.stringify(model)));
    expect(rows.map((row) => boostedScore(read, row))).toEqual(rows.map((row) => boostedScore(model, row)));
    expect(train(3)).toEqual(model);
    expect(train(4)).not.toEqual(model);
  });

  it('reads no file whose trees lead nowhere or in a circle', () => {
    const { features, labels } = data(2, xor);
    const model = trainBoosting(['a', 'b'], features, logistic(labels), { rounds: 1 });
    const damaged = (change: object) => ({ ...model, trees: [{ ...model.trees[0], ...change }] });
    const [tree] = model.trees;
    expect(boostedModelSchema.safeParse(damaged({})).success).toBe(true);
    expect(boostedModelSchema.safeParse(damaged({ left: tree?.left.map(() => 0) })).success).toBe(false);
    expect(boostedModelSchema.safeParse(damaged({ value: [] })).success).toBe(false);
    expect(boostedModelSchema.safeParse(damaged({ feature: tree?.feature.map(() => 2) })).success).toBe(false);
  });

  it('explains each score by contributions that add up to it, missing values too', () => {
    const { rows, labels } = data(4, (row) => xor(row) || (row[2] ?? 0) > 0.8);
    const holed = rows.map((row, index) => row.map((cell, column) => ((index + column) % 7 === 0 ? Number.NaN : cell)));
    const model = trainBoosting(['a', 'b', 'c', 'd'], matrixOf(holed), logistic(labels), { rounds: 40 });
    for (const row of holed.slice(0, 50)) {
      const { base, features } = contributionsOf(model, row);
      expect(base + features.reduce((sum, part) => sum + part, 0)).toBeCloseTo(boostedScore(model, row), 9);
    }
  });

  it('gives two features that say the same an equal part of the score', () => {
    const rows = [0, 1].flatMap((a) => [0, 1].flatMap((b) => Array.from({ length: 50 }, () => [a, b])));
    const both = rows.map(([a, b]) => Number(a === 1 && b === 1));
    const model = trainBoosting(['a', 'b'], matrixOf(rows), logistic(both), { rounds: 1, learningRate: 1, l2: 0 });
    const [a = 0, b = 1] = contributionsOf(model, [1, 1]).features;
    expect(a).toBeGreaterThan(0.1);
    expect(a).toBeCloseTo(b, 9);
  });

  it('keeps to a monotone constraint that the data contradict in places', () => {
    const wavy = data(2, ([a = 0, b = 0]) => Math.sin(a * 12) + a * 2 + b > 1.2);
    const train = (monotone: number[]) =>
      trainBoosting(['a', 'b'], wavy.features, logistic(wavy.labels), { monotone, rounds: 80, learningRate: 0.2 });
    const falls = (model: ReturnType<typeof train>) => {
      const grid = Array.from({ length: 100 }, (_, index) => index / 100);
      return grid.flatMap((b) => {
        const scores = grid.map((a) => boostedScore(model, [a, b]));
        return scores.filter((score, index) => index > 0 && score < (scores[index - 1] ?? 0) - 1e-12);
      }).length;
    };
    expect(falls(train([1, 0]))).toBe(0);
    expect(falls(train([0, 0]))).toBeGreaterThan(0);
  });

  it('lowers any loss that has derivatives, of groups of rows too', () => {
    // In each group of four the row with the greatest `a` wins: a softmax over the group.
    const { features, rows } = data(2, () => false);
    const groups = Array.from({ length: ROWS / 4 }, (_, group) => [0, 1, 2, 3].map((place) => group * 4 + place));
    const cell = (row = 0) => rows[row]?.[0] ?? 0;
    const best = (group: number[], of: (row: number) => number) => group.toSorted((x, y) => of(y) - of(x))[0];
    const winners: Objective = {
      baseScore: 0,
      gradients(scores, gradient, hessian) {
        for (const group of groups) {
          const powers = group.map((row) => Math.exp(scores[row] ?? 0));
          const total = powers.reduce((sum, power) => sum + power, 0);
          for (const [place, row] of group.entries()) {
            const share = (powers[place] ?? 0) / total;
            gradient[row] = share - Number(row === best(group, cell));
            hessian[row] = share * (1 - share);
          }
        }
      },
    };
    const model = trainBoosting(['a', 'b'], features, winners, { rounds: 100, learningRate: 0.2 });
    const scoreOf = (row: number) => boostedScore(model, rows[row] ?? []);
    const found = groups.filter((group) => best(group, scoreOf) === best(group, cell));
    expect(found.length / groups.length).toBeGreaterThan(0.85);
  });

  it('refuses rows of different lengths and columns without names', () => {
    expect(() => matrixOf([[1, 2], [3]])).toThrow(RangeError);
    expect(() => trainBoosting(['a'], matrixOf([[1, 2]]), logistic([1]))).toThrow('2 columns have 1 names');
  });
});
