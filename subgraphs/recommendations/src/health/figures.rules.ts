import type { ChanceCounts, Histogram } from './health.entity.js';

/** A share and between what it lies with a certainty of 95 %. */
export interface Share {
  share: number;
  low: number;
  high: number;
  /** How many of how many. */
  count: number;
  of: number;
}

const Z = 1.959964;
/** What stands for an empty bin, as a share: its logarithm would be endless. */
const LEAST_SHARE = 1e-4;

/** A share with its interval by Wilson (1927), which holds for few and for shares near 0 and 1; null of nothing. */
export function shareOf(count: number, of: number): Share | null {
  if (of <= 0) return null;
  const share = count / of;
  const centre = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), count, of };
}

/**
 * Population stability index of two histograms with the same bins: Σ (p − q) · ln(p / q). Below 0.1 nothing has changed
 * that matters, above 0.25 much has (Siddiqi, "Credit Risk Scorecards", 2006). Null when one of them is empty.
 */
export function stabilityIndex(reference: Histogram, actual: Histogram): number | null {
  const [before, now] = [sum(reference), sum(actual)];
  if (before === 0 || now === 0 || reference.length !== actual.length) return null;
  return reference.reduce((total, count, bin) => {
    const q = Math.max(count / before, LEAST_SHARE);
    const p = Math.max((actual[bin] ?? 0) / now, LEAST_SHARE);
    return total + (p - q) * Math.log(p / q);
  }, 0);
}

/** By how much chances that were told and real shares of success differ, each tenth by its size; null of nothing. */
export function expectedCalibrationError(bins: readonly ChanceCounts[]): number | null {
  const all = sum(bins.map(({ count }) => count));
  if (all === 0) return null;
  return sum(bins.map(({ chances, succeeded }) => Math.abs(chances - succeeded))) / all;
}

/** Two histograms together; one that is not there yet counts as nothing. */
export function added(one: Histogram, other: Histogram): number[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, bin) => (one[bin] ?? 0) + (other[bin] ?? 0));
}

/** The sum of numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
