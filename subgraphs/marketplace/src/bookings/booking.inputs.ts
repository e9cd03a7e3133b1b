import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference } from '../lessons/lesson.rules.js';
import { bookingKinds, LESSON_MINUTES, SERIES_LESSONS } from './booking.rules.js';

const STEP_MS = LESSON_MINUTES.step * 60 * 1000;

/** Farther away, lessons would end in years that have more digits than the database reads. */
const LATEST = new Date('9990-01-01');

/** Lessons begin on full five minutes, in every time zone that there is. */
const startsAt = z
  .date()
  .min(new Date(0))
  .max(LATEST)
  .refine((time) => time.getTime() % STEP_MS === 0);
/** The scalar has checked that it is one. */
const timeZone = z
  .string()
  .nullish()
  .transform((zone) => zone ?? 'UTC');
const count = z.number().int().min(SERIES_LESSONS.least).max(SERIES_LESSONS.most);

const slot = z.object({
  tutorId: reference,
  subjectId: reference,
  startsAt,
  durationMinutes: z.number().int().min(LESSON_MINUTES.least).max(LESSON_MINUTES.most).multipleOf(LESSON_MINUTES.step),
  kind: z
    .enum(bookingKinds)
    .nullish()
    .transform((kind) => kind ?? 'REGULAR'),
  bookingId: reference.nullish(),
});
/** A lesson that somebody wants to have. */
export type SlotWish = z.output<typeof slot>;

/** Which slot to hold. */
export const newHold = z.object({ slot, timeZone, idempotencyKey });

/** Which hold to give back. */
export const holdReference = z.object({ bookingId: reference, idempotencyKey });

/** What to book: a slot that is held, or one at once. */
export const newBooking = z
  .object({
    holdId: reference.nullish(),
    slot: slot.nullish(),
    packageId: z.uuid().nullish(),
    timeZone,
    idempotencyKey,
  })
  .refine(({ holdId, slot: wish }) => Boolean(holdId) !== Boolean(wish), { path: ['slot'] })
  .refine(({ slot: wish, packageId }) => wish?.kind !== 'TRIAL' || !packageId, { path: ['packageId'] });

/** What to book week by week. */
export const newSeries = z.object({
  slot: slot.refine(({ kind }) => kind === 'REGULAR', { path: ['kind'] }),
  count,
  timeZone,
  packageId: z.uuid().nullish(),
  idempotencyKey,
});

/** Where to move a booking. */
export const move = z.object({ bookingId: reference, startsAt, timeZone, idempotencyKey });
