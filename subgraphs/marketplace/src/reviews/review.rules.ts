import { z } from 'zod';
import { longText, reference } from '../lessons/lesson.rules.js';

const rating = z.number().int().min(1).max(5);

/** What a new review must look like. */
export const newReview = z.object({ bookingId: reference, rating, text: longText(3_000).nullish() });

/** What may change in a review: what is left out stays, a null text clears it. */
export const reviewChange = z.object({
  reviewId: reference,
  rating: rating.nullish(),
  text: longText(3_000).nullish(),
});

/** Which review. */
export const reviewReference = z.object({ reviewId: reference });
