import { type FeatureMatrix, matrixOf } from '@tutorgraph/kit/boosting/matrix';
import { Random } from '@tutorgraph/kit/demo/random';

/** Made-up lists to rank. */
export interface RankingData {
  features: FeatureMatrix;
  /** 0 to 4 each. */
  labels: number[];
  /** How many rows each list has. */
  sizes: number[];
}

const COLUMNS = 25;
const MISSING = 0.15;
/** Shares of rows of each label or a lesser one: most are worth nothing, as in what people were shown. */
const LABELS = [0.55, 0.78, 0.9, 0.97];

/**
 * Lists of 10 to 40 rows whose worth hangs on ten of their features: bent, by pairs, and other where a value is missing;
 * a third of it is chance.
 */
export function rankingData(lists: number, seed: string): RankingData {
  const random = new Random('ranking data', seed);
  const sizes = Array.from({ length: lists }, () => random.integer(10, 40));
  const rows: number[][] = [];
  const worths: number[] = [];
  for (const size of sizes) {
    // Every list has its own level, which says nothing about its order.
    const level = random.normal(0, 1);
    for (let index = 0; index < size; index++) {
      const row = Array.from({ length: COLUMNS }, () => random.next());
      worths.push(worthOf(row) + random.normal(0, 0.5));
      row[COLUMNS - 1] = level + random.normal(0, 0.1);
      rows.push(row.map((value, column) => (column % 3 === 0 && random.chance(MISSING) ? Number.NaN : value)));
    }
  }
  const sorted = worths.toSorted((a, b) => a - b);
  const bounds = LABELS.map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
  const labels = worths.map((worth) => bounds.filter((bound) => worth >= bound).length);
  return { features: matrixOf(rows), labels, sizes };
}

function worthOf([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0]: readonly number[]): number {
  const bent = 1.5 * a + Math.sin(5 * b) - 2 * (c - 0.4) ** 2 + Math.log1p(4 * d);
  const paired = (e > 0.5 ? f : 1 - f) + 2 * g * h;
  return bent + paired + (i > 0.8 ? 1 : 0) - (j < 0.2 ? 1 : 0);
}
