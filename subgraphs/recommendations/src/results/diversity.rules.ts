import type { TutorFacts } from '../ranking/features.js';

/** What decides how alike two tutors are. */
interface Comparable {
  facts: Pick<TutorFacts, 'rateMinor' | 'currency' | 'experienceYears' | 'city' | 'reviewCount'>;
  /** What decides the place; see RankedTutor. */
  standing: number;
}

/** The first so many places are made different from each other, by choosing from the first so many of the ranking. */
const PLACES = 10;
const POOL = 30;
/**
 * What two tutors who are alike in everything cost: so many standard deviations of the pool's standings. Small, so that only
 * who ranks nearly as well comes first instead.
 */
const WEIGHT = 0.35;
/** Rates are alike when they differ by less than a fifth or so. */
const RATE_BAND = Math.log(1.25);
/** Years from which on experience is of another kind. */
const EXPERIENCE_BANDS = [2, 5, 10];
const REVIEW_BANDS = [1, 20];

/**
 * Sets the top of a ranking so that not all of its tutors are alike: after the best, each place goes to who has the
 * highest standing less what they share with the one above who is most like them (maximal marginal relevance, Carbonell and
 * Goldstein, 1998), in price, experience, city and how well known they are. The rest stays in its order.
 */
export function diversify<Tutor extends Comparable>(ranked: readonly Tutor[]): Tutor[] {
  const pool = ranked.slice(0, POOL);
  const cost = WEIGHT * deviation(pool.map(({ standing }) => standing));
  const chosen = pool.splice(0, 1);
  while (chosen.length < PLACES && pool.length > 0) {
    const worth = pool.map((one) => one.standing - cost * Math.max(...chosen.map((other) => likeness(one, other))));
    const best = worth.indexOf(Math.max(...worth));
    chosen.push(...pool.splice(best, 1));
  }
  return [...chosen, ...pool, ...ranked.slice(POOL)];
}

/** How much two tutors share, 0 to 1. */
export function likeness({ facts: a }: Comparable, { facts: b }: Comparable): number {
  const isPriceAlike = a.currency === b.currency && Math.abs(Math.log(a.rateMinor / b.rateMinor)) < RATE_BAND;
  const shared = [
    isPriceAlike,
    band(a.experienceYears, EXPERIENCE_BANDS) === band(b.experienceYears, EXPERIENCE_BANDS),
    a.city === b.city,
    band(a.reviewCount, REVIEW_BANDS) === band(b.reviewCount, REVIEW_BANDS),
  ];
  return shared.filter(Boolean).length / shared.length;
}

function band(value: number, bounds: readonly number[]): number {
  return bounds.filter((bound) => value >= bound).length;
}

function deviation(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
