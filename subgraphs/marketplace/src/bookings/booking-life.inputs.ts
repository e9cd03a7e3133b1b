import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference, text } from '../lessons/lesson.rules.js';
import { bookingRoles } from './booking.rules.js';

/** Why something was done. */
const reason = text(1, 500);

/** A booking that is called off. */
export const bookingCancellation = z.object({ bookingId: reference, reason: reason.nullish(), idempotencyKey });

/** A series that is called off. */
export const seriesCancellation = z.object({ seriesId: z.uuid(), reason: reason.nullish(), idempotencyKey });

/** Which booking. */
export const bookingReference = z.object({ bookingId: reference });

/** Who was not there. */
export const absence = z.object({ bookingId: reference, absent: z.enum(bookingRoles).nullish() });

/** What somebody says who was reported absent. */
export const disputeOfAbsence = z.object({ bookingId: reference, statement: text(1, 2_000) });

/** How a dispute can end. */
export const disputeOutcomes = ['TOOK_PLACE', 'NO_SHOW_STANDS', 'REFUND'] as const;
/** @see disputeOutcomes */
export type DisputeOutcome = (typeof disputeOutcomes)[number];

/** A decision by staff. */
export const disputeDecision = z.object({
  bookingId: reference,
  outcome: z.enum(disputeOutcomes),
  note: text(1, 2_000).nullish(),
});

/** What was paid outside the platform. */
export const outsidePayment = z.object({ bookingId: reference, reason });
