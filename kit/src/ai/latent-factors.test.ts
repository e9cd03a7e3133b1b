import { describe, expect, test } from 'vitest';
import { fitLatentFactors, type SparseRow } from './latent-factors.js';
import { symmetricEigen } from './symmetric-eigen.js';

const COLUMNS = 40;

/** A matrix of rank 3 with singular values 5, 3 and 1 times those of its random parts, as sparse rows. */
function rows(height: number): SparseRow[] {
  return Array.from({ length: height }, (_, row) => {
    const columns = Uint32Array.from({ length: 8 }, (_, at) => (row * 3 + at * 5) % COLUMNS).toSorted();
    return {
      columns,
      values: Float32Array.from(columns, (column) => Math.sin(row + 1) * Math.cos(column) + (row % 3)),
    };
  });
}

function dense(sparse: readonly SparseRow[]): number[][] {
  return sparse.map(({ columns, values }) => {
    const row = new Array<number>(COLUMNS).fill(0);
    for (const [at, column] of columns.entries()) row[column] = (row[column] ?? 0) + (values[at] ?? 0);
    return row;
  });
}

describe('latent factors', () => {
  test('are orthonormal, and as strong as the eigenvalues of the matrix with itself say', () => {
    const matrix = rows(60);
    const { table, strengths, rank } = fitLatentFactors(matrix, { columns: COLUMNS, rank: 10, seed: 1 });
    const full = dense(matrix);
    const products = new Float64Array(COLUMNS * COLUMNS);
    for (const row of full) {
      for (let a = 0; a < COLUMNS; a++)
        for (let b = 0; b < COLUMNS; b++)
          products[a * COLUMNS + b] = (products[a * COLUMNS + b] ?? 0) + (row[a] ?? 0) * (row[b] ?? 0);
    }
    const { values } = symmetricEigen(products, COLUMNS);
    for (let factor = 0; factor < 10; factor++) {
      expect(strengths[factor]).toBeCloseTo(Math.sqrt(values[factor] ?? 0), 2);
      for (let other = 0; other <= factor; other++) {
        let product = 0;
        for (let column = 0; column < COLUMNS; column++)
          product += (table[column * rank + factor] ?? 0) * (table[column * rank + other] ?? 0);
        expect(product).toBeCloseTo(factor === other ? 1 : 0, 3);
      }
    }
  });

  test('are no more than the rows have', () => {
    const same = Array.from({ length: 20 }, () => rows(1)).flat();
    expect(fitLatentFactors(same, { columns: COLUMNS, rank: 10, seed: 1 }).rank).toBe(1);
    expect(fitLatentFactors([], { columns: COLUMNS, rank: 10, seed: 1 }).rank).toBe(0);
  });
});

describe('eigenvalues of a symmetric matrix', () => {
  test('with their vectors give the matrix', () => {
    const matrix = [4, 1, -2, 1, 3, 0.5, -2, 0.5, 1];
    const { values, vectors } = symmetricEigen(Float64Array.from(matrix), 3);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        const entry = values.reduce(
          (sum, value, at) => sum + value * (vectors[a * 3 + at] ?? 0) * (vectors[b * 3 + at] ?? 0),
          0,
        );
        expect(entry).toBeCloseTo(matrix[a * 3 + b] ?? 0, 10);
      }
    }
  });
});
