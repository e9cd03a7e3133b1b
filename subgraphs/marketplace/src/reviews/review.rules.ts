import { z } from 'zod';
import { longText, reference, text } from '../lessons/lesson.rules.js';

const score = z.number().int().min(1).max(5);
const scores = {
  clarity: score.nullish(),
  preparation: score.nullish(),
  progress: score.nullish(),
  reassurance: score.nullish(),
};

/** What a new review must look like. */
export const newReview = z.object({ bookingId: reference, rating: score, ...scores, text: longText(3_000).nullish() });

/** What may change in a review: what is left out stays, null clears what may be empty. */
export const reviewChange = z.object({
  reviewId: reference,
  rating: score.nullish(),
  ...scores,
  text: longText(3_000).nullish(),
});

/** Which review. */
export const reviewReference = z.object({ reviewId: reference });

/** What a tutor answers. */
export const answerOfTutor = z.object({ reviewId: reference, text: text(1, 2_000) });

const EDITABLE_DAYS = 14;
const DAY_MS = 86_400_000;

/** May a review still be changed? */
export function isEditable({ createdAt }: { createdAt: Date }, now: Date): boolean {
  return now.getTime() < editableUntil({ createdAt }).getTime();
}

/** Until when a review may be changed. */
export function editableUntil({ createdAt }: { createdAt: Date }): Date {
  return new Date(createdAt.getTime() + EDITABLE_DAYS * DAY_MS);
}
