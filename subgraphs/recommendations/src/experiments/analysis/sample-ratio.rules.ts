import { logGamma, upperGamma } from './gamma.rules.js';

/** What the numbers of units say of the shares that were wanted. */
export const sampleRatioVerdicts = ['BALANCED', 'SUSPECT', 'MISMATCHED'] as const;
/** @see sampleRatioVerdicts */
export type SampleRatioVerdict = (typeof sampleRatioVerdicts)[number];

/** Whether units came in the shares that were wanted: where they did not, something loses units, and no lift can be believed. */
export interface SampleRatio {
  verdict: SampleRatioVerdict;
  /** Pearson's statistic, and how likely one as great is by chance, looked at once. */
  chiSquare: number;
  pValue: number;
  /** How likely such evidence would ever have been seen, however often one looks. */
  sequentialPValue: number;
}

/** Chance finds are this rare. */
const ALPHA = 0.001;
/** How near to the wanted shares other ones are looked for: about a fiftieth of all off. */
const CONCENTRATION = 600;

/**
 * Compares units of each variant with its share.
 *
 * The sequential p-value is one over the Bayes factor of a Dirichlet-multinomial about the wanted shares, a martingale
 * when they hold: Lindon, Malek 2022, "Anytime-Valid Inference For Multinomial Count Data", eq. 5. MISMATCHED is by it,
 * SUSPECT by the chi-square test alone, which is right only for one look.
 *
 * @param shares of any sum, one for each count
 */
export function sampleRatio(counts: readonly number[], shares: readonly number[]): SampleRatio {
  const total = sum(counts);
  const all = sum(shares);
  const wanted = shares.map((share) => share / all);
  if (total === 0 || counts.length < 2) return { verdict: 'BALANCED', chiSquare: 0, pValue: 1, sequentialPValue: 1 };
  const chiSquare = sum(
    counts.map((count, index) => (count - total * at(wanted, index)) ** 2 / (total * at(wanted, index))),
  );
  const pValue = upperGamma((counts.length - 1) / 2, chiSquare / 2);
  const evidence = sum(
    counts.map((count, index) => {
      const own = CONCENTRATION * at(wanted, index);
      return logGamma(own + count) - logGamma(own) - count * Math.log(at(wanted, index));
    }),
  );
  const logFactor = evidence + logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  const sequentialPValue = Math.min(1, Math.exp(-logFactor));
  const verdict = sequentialPValue < ALPHA ? 'MISMATCHED' : pValue < ALPHA ? 'SUSPECT' : 'BALANCED';
  return { verdict, chiSquare, pValue, sequentialPValue };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
