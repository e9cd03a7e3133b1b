/** A score of the check and the curator's, both out of `maxScore`. */
export interface ScorePair {
  ai: number;
  curator: number;
  maxScore: number;
  passPercent: number;
}

/** How well the check agrees with curators. */
export interface Agreement {
  reviews: number;
  /** Share of the scores that are within five points of a hundred. */
  withinFive: number | null;
  /** In points of a hundred. */
  meanDifference: number | null;
  /** Cohen's kappa on whether it passes; null where everybody always says the same. */
  kappa: number | null;
}

const CLOSE = 5;

/**
 * Cohen's kappa is (po - pe) / (1 - pe): how much more often two judges agree (po) than by chance (pe).
 * J. Cohen, A coefficient of agreement for nominal scales, 1960.
 */
export function agreementOf(pairs: readonly ScorePair[]): Agreement {
  const { length: reviews } = pairs;
  if (reviews === 0) return { reviews, withinFive: null, meanDifference: null, kappa: null };
  const share = (count: number): number => count / reviews;
  const differences = pairs.map(({ ai, curator, maxScore }) => (Math.abs(ai - curator) * 100) / maxScore);
  const passed = pairs.map(({ ai, curator, maxScore, passPercent }) => {
    const least = (maxScore * passPercent) / 100;
    return { ai: ai >= least, curator: curator >= least };
  });
  const observed = share(passed.filter(({ ai, curator }) => ai === curator).length);
  const ai = share(passed.filter((one) => one.ai).length);
  const curator = share(passed.filter((one) => one.curator).length);
  const chance = ai * curator + (1 - ai) * (1 - curator);
  return {
    reviews,
    withinFive: share(differences.filter((difference) => difference <= CLOSE).length),
    meanDifference: differences.reduce((sum, difference) => sum + difference, 0) / reviews,
    kappa: chance < 1 ? (observed - chance) / (1 - chance) : null,
  };
}
