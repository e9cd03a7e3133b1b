import { symmetricEigen } from './symmetric-eigen.js';

/** A row of a wide matrix by what of it is not zero. */
export interface SparseRow {
  columns: Uint32Array;
  values: Float32Array;
}

/** What to look for. */
export interface FactorOptions {
  /** Width of the matrix. */
  columns: number;
  /** How many factors; fewer are found where the rows have no more. */
  rank: number;
  /** The same seed and rows give the same factors. */
  seed: number;
}

/** More than the wanted factors are sought, so that the last of the wanted ones are found well too. */
const OVERSAMPLING = 16;
/** Times that the matrix is multiplied into the sought factors, which sharpens them. */
const POWER_ITERATIONS = 2;
/** Factors weaker than this share of the strongest one are noise of the arithmetic. */
const WEAKEST = 1e-4;

/**
 * The strongest right singular vectors of a sparse matrix, one after the other in a `columns × rank` table, by a randomised range
 * finder with power iterations (Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1 on the transposed matrix). Takes
 * seconds of the processor for thousands of rows: call it in a thread of its own.
 */
export function fitLatentFactors(rows: readonly SparseRow[], options: FactorOptions): LatentFactors {
  const { columns, seed } = options;
  const width = Math.min(options.rank + OVERSAMPLING, rows.length, columns);
  const range = timesTransposed(rows, randomTable(rows.length, width, seed), { columns, width });
  orthonormalise(range, columns, width);
  for (let turn = 0; turn < POWER_ITERATIONS; turn++) {
    const images = times(rows, range, width);
    range.set(timesTransposed(rows, images, { columns, width }));
    orthonormalise(range, columns, width);
  }
  // Once more for the digits that the first time loses.
  orthonormalise(range, columns, width);
  const { values, vectors } = symmetricEigen(gram(times(rows, range, width), rows.length, width), width);
  const strengths = values.map((value) => Math.sqrt(Math.max(0, value)));
  const strong = strengths.filter((strength) => strength > WEAKEST * (strengths[0] ?? 0)).length;
  const rank = Math.min(options.rank, strong);
  return {
    columns,
    rank,
    table: combined(range, vectors, { columns, width, rank }),
    strengths: strengths.slice(0, rank),
  };
}

/** Directions in which texts differ most. */
export interface LatentFactors {
  columns: number;
  rank: number;
  /** `columns × rank`, a column of the matrix after the other. */
  table: Float32Array;
  /** Singular values, the strongest first. */
  strengths: number[];
}

interface Shape {
  columns: number;
  width: number;
}

/** The matrix times a table of as many rows as it has columns. */
function times(rows: readonly SparseRow[], table: Float32Array, width: number): Float32Array {
  const product = new Float32Array(rows.length * width);
  for (const [row, { columns, values }] of rows.entries()) {
    const into = product.subarray(row * width, (row + 1) * width);
    for (let at = 0; at < columns.length; at++) addTimes(into, table, (columns[at] ?? 0) * width, values[at] ?? 0);
  }
  return product;
}

/** The transposed matrix times a table of as many rows as it has. */
function timesTransposed(rows: readonly SparseRow[], table: Float32Array, { columns, width }: Shape): Float32Array {
  const product = new Float32Array(columns * width);
  for (const [row, sparse] of rows.entries()) {
    for (let at = 0; at < sparse.columns.length; at++) {
      const column = (sparse.columns[at] ?? 0) * width;
      addTimes(product.subarray(column, column + width), table, row * width, sparse.values[at] ?? 0);
    }
  }
  return product;
}

function addTimes(into: Float32Array, from: Float32Array, start: number, factor: number): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) + factor * (from[start + at] ?? 0);
}

/** The inner products of a table's columns, in double precision. */
function gram(table: Float32Array, height: number, width: number): Float64Array {
  const products = new Float64Array(width * width);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    for (let a = 0; a < width; a++) {
      const value = table[start + a] ?? 0;
      if (value === 0) continue;
      const line = a * width;
      for (let b = 0; b <= a; b++) products[line + b] = (products[line + b] ?? 0) + value * (table[start + b] ?? 0);
    }
  }
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) products[b * width + a] = products[a * width + b] ?? 0;
  return products;
}

/** Makes the columns of a table orthonormal, by Cholesky's factor of their products. */
function orthonormalise(table: Float32Array, height: number, width: number): void {
  const factor = cholesky(gram(table, height, width), width);
  for (let at = 0; at < height; at++) {
    const row = table.subarray(at * width, (at + 1) * width);
    // Most features of a small catalogue are nowhere in it.
    if (row.some((value) => value !== 0)) solveLower(factor, row);
  }
}

/** The lower triangle of a positive matrix; a column that depends on others is taken for a very small one. */
function cholesky(matrix: Float64Array, width: number): Float64Array {
  let trace = 0;
  for (let at = 0; at < width; at++) trace += matrix[at * width + at] ?? 0;
  const least = Math.max(trace * 1e-14, Number.MIN_VALUE * 2 ** 60);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = matrix[a * width + b] ?? 0;
      for (let k = 0; k < b; k++) sum -= (matrix[a * width + k] ?? 0) * (matrix[b * width + k] ?? 0);
      matrix[a * width + b] = a === b ? Math.sqrt(Math.max(sum, least)) : sum / (matrix[b * width + b] ?? 1);
    }
  }
  return matrix;
}

function solveLower(factor: Float64Array, row: Float32Array): void {
  const width = row.length;
  for (let a = 0; a < width; a++) {
    let sum = row[a] ?? 0;
    for (let b = 0; b < a; b++) sum -= (factor[a * width + b] ?? 0) * (row[b] ?? 0);
    row[a] = sum / (factor[a * width + a] ?? 1);
  }
}

/** The range's columns combined into factors. */
function combined(
  range: Float32Array,
  vectors: Float64Array,
  { columns, width, rank }: Shape & { rank: number },
): Float32Array {
  const table = new Float32Array(columns * rank);
  for (let column = 0; column < columns; column++) {
    for (let at = 0; at < width; at++) {
      const value = range[column * width + at] ?? 0;
      if (value === 0) continue;
      for (let factor = 0; factor < rank; factor++) {
        const into = column * rank + factor;
        table[into] = (table[into] ?? 0) + value * (vectors[at * width + factor] ?? 0);
      }
    }
  }
  return table;
}

/** Normal numbers by Box and Muller over mulberry32. */
function randomTable(height: number, width: number, seed: number): Float32Array {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const table = new Float32Array(height * width);
  for (let at = 0; at < table.length; at++) {
    table[at] = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  }
  return table;
}
