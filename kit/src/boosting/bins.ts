import type { FeatureMatrix } from './matrix.js';

/** The bin of missing values; the others begin at 1. */
export const MISSING_BIN = 0;
const MOST_BINS = 254;

/** Features as numbers of bins, column after column: what histograms are made from. */
export interface BinnedFeatures {
  rows: number;
  /** Of each column, the bin of each row. */
  columns: Uint8Array[];
  /** Of each column, the greatest value of each bin but the last, which has no end: the thresholds of its splits. */
  edges: Float64Array[];
}

/**
 * Divides each column into bins of about as many rows each (equal values stay together).
 *
 * @param mostBins - of one column, missing values aside; 2 to 254
 */
export function binFeatures({ values, rows, columns }: FeatureMatrix, mostBins: number): BinnedFeatures {
  if (mostBins < 2 || mostBins > MOST_BINS) throw new RangeError(`Bins: from 2 to ${MOST_BINS}, not ${mostBins}`);
  const binned: BinnedFeatures = { rows, columns: [], edges: [] };
  for (let column = 0; column < columns; column++) {
    const cells = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column] ?? Number.NaN);
    const edges = edgesOf(cells, mostBins);
    binned.edges.push(edges);
    binned.columns.push(Uint8Array.from(cells, (cell) => binOf(cell, edges)));
  }
  return binned;
}

function edgesOf(cells: Float64Array, mostBins: number): Float64Array {
  const sorted = cells.filter((cell) => !Number.isNaN(cell)).sort();
  const edges: number[] = [];
  const place = (index: number): number => sorted[index] ?? Number.NaN;
  for (let bin = 1; bin < mostBins; bin++) {
    let last = Math.ceil((bin * sorted.length) / mostBins) - 1;
    if (last < 0) continue;
    while (last + 1 < sorted.length && place(last + 1) === place(last)) last++;
    if (last + 1 >= sorted.length) break;
    // Half-way to the next value: a new value between the two goes to the nearer one.
    const edge = place(last) / 2 + place(last + 1) / 2;
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  return Float64Array.from(edges);
}

function binOf(cell: number, edges: Float64Array): number {
  if (Number.isNaN(cell)) return MISSING_BIN;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cell <= (edges[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
