import type { BinnedFeatures } from './bins.js';

/** Sums of derivatives over some rows. */
export interface Sums {
  gradient: number;
  hessian: number;
  rows: number;
}

/** Of each column and bin, the sums over the rows of one leaf. */
export class Histogram {
  /** The columns that it counts. */
  readonly columns: readonly number[];
  readonly total: Sums;
  /** Of each of them: gradient, hessian and rows of each bin, one after another. */
  readonly #sums: Float64Array[];

  private constructor(columns: readonly number[], total: Sums, sums: Float64Array[]) {
    this.columns = columns;
    this.total = total;
    this.#sums = sums;
  }

  static count(
    features: BinnedFeatures,
    rows: Int32Array,
    columns: readonly number[],
    gradient: Float64Array,
    hessian: Float64Array,
  ): Histogram {
    const total: Sums = { gradient: 0, hessian: 0, rows: rows.length };
    // Side by side, because every column reads them again.
    const pairs = new Float64Array(rows.length * 2);
    for (const [index, row] of rows.entries()) {
      total.gradient += pairs[index * 2] = gradient[row] ?? 0;
      total.hessian += pairs[index * 2 + 1] = hessian[row] ?? 0;
    }
    const sums = columns.map((column) => {
      const bins = features.columns[column] ?? new Uint8Array();
      const counted = new Float64Array(((features.edges[column]?.length ?? 0) + 2) * 3);
      for (let index = 0; index < rows.length; index++) {
        const place = (bins[rows[index] ?? 0] ?? 0) * 3;
        counted[place] = (counted[place] ?? 0) + (pairs[index * 2] ?? 0);
        counted[place + 1] = (counted[place + 1] ?? 0) + (pairs[index * 2 + 1] ?? 0);
        counted[place + 2] = (counted[place + 2] ?? 0) + 1;
      }
      return counted;
    });
    return new Histogram(columns, total, sums);
  }

  /** What is left when the rows of another have gone. */
  without(other: Histogram): Histogram {
    const sums = this.#sums.map((own, index) => own.map((sum, place) => sum - (other.#sums[index]?.[place] ?? 0)));
    return new Histogram(this.columns, difference(this.total, other.total), sums);
  }

  /** Of the column at this place of `columns`: gradient, hessian and rows of each bin, one after another. */
  binsOf(index: number): Float64Array {
    return this.#sums[index] ?? new Float64Array();
  }
}

function difference(whole: Sums, part: Sums): Sums {
  return {
    gradient: whole.gradient - part.gradient,
    hessian: whole.hessian - part.hessian,
    rows: whole.rows - part.rows,
  };
}
