import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';

/** Stripe's id of a payment method. */
const cardId = z
  .string()
  .regex(/^[\w-]{1,255}$/)
  .nullish();
const saveCard = z
  .boolean()
  .nullish()
  .transform((wanted) => wanted ?? false);
const bookingId = z.uuid();

/** A lesson to pay for on a page of Stripe. */
export const newCheckout = z.object({
  bookingId,
  successUrl: z.string(),
  cancelUrl: z.string(),
  saveCard,
  idempotencyKey,
});

/** A lesson to pay for in a form of the client's own. */
export const newIntent = z.object({ bookingId, cardId, saveCard, idempotencyKey });

/** A package to buy. */
export const newPackage = z
  .object({
    tutorId: z.uuid(),
    subjectId: z.uuid(),
    lessons: z.number().int().min(2).max(100),
    durationMinutes: z.number().int().min(1).max(1_440),
    successUrl: z.string().nullish(),
    cancelUrl: z.string().nullish(),
    cardId,
    saveCard,
    idempotencyKey,
  })
  .refine(({ successUrl, cancelUrl }) => Boolean(successUrl) === Boolean(cancelUrl), { path: ['cancelUrl'] })
  .refine(({ successUrl, cardId: card }) => !(successUrl && card), { path: ['cardId'] });

/** A course to pay for. */
export const newCoursePayment = z
  .object({
    courseId: z.uuid().toLowerCase(),
    cohortId: z.uuid().toLowerCase().nullish(),
    successUrl: z.string().nullish(),
    cancelUrl: z.string().nullish(),
    cardId,
    saveCard,
    idempotencyKey,
  })
  .refine(({ successUrl, cancelUrl }) => Boolean(successUrl) === Boolean(cancelUrl), { path: ['cancelUrl'] })
  .refine(({ successUrl, cardId: card }) => !(successUrl && card), { path: ['cardId'] });

/** A payment to look at or to end. */
export const paymentReference = z.object({ paymentId: z.uuid() });
