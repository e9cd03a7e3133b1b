import { meanRating } from '../tutors/tutor.rules.js';

/** What a review may say besides the overall rating; 1 to 5 each. */
export const dimensions = ['clarity', 'preparation', 'progress', 'reassurance'] as const;
/** @see dimensions */
export type Dimension = (typeof dimensions)[number];

/** What a published review adds to its tutor's figures. */
export type Counted = { rating: number } & Readonly<Partial<Record<Dimension, number | null | undefined>>>;

/** What a tutor's published reviews add up to. */
export interface Totals {
  ratingSum: number;
  reviewCount: number;
}

type Stars = `stars${1 | 2 | 3 | 4 | 5}`;
/** What they add up to in detail. */
export type Details = Record<Stars | `${Dimension}Sum` | `${Dimension}Count`, number>;

/** Nothing. */
export const noDetails: Details = {
  stars1: 0,
  stars2: 0,
  stars3: 0,
  stars4: 0,
  stars5: 0,
  claritySum: 0,
  clarityCount: 0,
  preparationSum: 0,
  preparationCount: 0,
  progressSum: 0,
  progressCount: 0,
  reassuranceSum: 0,
  reassuranceCount: 0,
};

/** Adds a review to what others add up to, or takes it away. @param times 1 or -1 */
export function add(totals: Totals, details: Details, review: Counted, times: 1 | -1): void {
  totals.ratingSum += times * review.rating;
  totals.reviewCount += times;
  details[starsOf(review.rating)] += times;
  for (const dimension of dimensions) {
    const score = review[dimension];
    if (score === null || score === undefined) continue;
    details[`${dimension}Sum`] += times * score;
    details[`${dimension}Count`] += times;
  }
}

function starsOf(rating: number): Stars {
  const stars = `stars${rating}`;
  if (Object.hasOwn(noDetails, stars)) return stars as Stars;
  throw new Error(`A rating is 1 to 5, not ${rating}`);
}

/** What reviews add up to, as it is shown: means to two decimals. */
export function summaryOf({ ratingSum, reviewCount }: Totals, details: Details) {
  return {
    count: reviewCount,
    rating: meanRating(ratingSum, reviewCount),
    distribution: [5, 4, 3, 2, 1].map((rating) => ({ rating, count: details[starsOf(rating)] })),
    clarity: meanRating(details.claritySum, details.clarityCount),
    preparation: meanRating(details.preparationSum, details.preparationCount),
    progress: meanRating(details.progressSum, details.progressCount),
    reassurance: meanRating(details.reassuranceSum, details.reassuranceCount),
  };
}
