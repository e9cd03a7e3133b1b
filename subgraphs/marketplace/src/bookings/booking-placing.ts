import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { bookingConfirmed, bookingPaymentAwaited } from '../events.js';
import type { PolicyRules } from '../policies/policy.rules.js';
import { agreeRateOnce } from '../rates/rate.repository.js';
import { Booking } from './booking.entity.js';
import type { SlotWish } from './booking.inputs.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { countUnpaid } from './booking.repository.js';
import { HOLD_COOLDOWN, MOST_UNPAID } from './booking.rules.js';
import { aboutBooking, moveBooking } from './booking.transitions.js';
import type { BookingTerms } from './booking-terms.js';
import { minutesSinceHeld } from './booking-times.repository.js';

/** A moment so many minutes later. */
export function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}

/**
 * Gives the agreed booking its time, or makes a new one; it stands UNSCHEDULED until the caller moves it on, which is to
 * happen in the same breath.
 */
export function placeBooking(
  tx: EntityManager,
  wish: Omit<SlotWish, 'bookingId'>,
  studentId: string,
  terms: BookingTerms,
  now: Date,
): Booking {
  const { tutorId, subjectId, kind, startsAt, durationMinutes } = wish;
  const { rate, policy, amountMinor, commissionPercent } = terms;
  const endsAt = minutesAfter(startsAt, durationMinutes);
  const time = { kind, startsAt, endsAt, amountMinor, commissionPercent };
  if (terms.agreed) return Object.assign(terms.agreed, time);
  return tx.create(Booking, {
    ...time,
    id: newId(),
    tutorId,
    studentId,
    subjectId,
    priceMinor: rate.rateMinor,
    currency: rate.currency,
    policyId: policy.id,
    status: 'UNSCHEDULED',
    createdAt: now,
    updatedAt: now,
  });
}

/**
 * Makes sure that a student keeps no more times than they may without paying. Their calendar is locked.
 *
 * @throws Refusal TOO_MANY_UNPAID
 */
export async function limitUnpaid(
  tx: EntityManager,
  { studentId, amountMinor }: Pick<Booking, 'studentId' | 'amountMinor'>,
  lessons: number,
  now: Date,
): Promise<void> {
  if (amountMinor === 0 || (await countUnpaid(tx, studentId, now)) + lessons <= MOST_UNPAID) return;
  throw new Refusal<BookingErrorCode>([{ code: 'TOO_MANY_UNPAID', values: { most: MOST_UNPAID } }]);
}

/**
 * Makes sure that a student does not hold the same time of a tutor over and over. Their calendar is locked.
 *
 * @throws Refusal HOLD_COOLDOWN
 */
export async function limitRepeatedHolds(
  tx: EntityManager,
  { tutorId, startsAt, durationMinutes }: SlotWish,
  studentId: string,
  holdMinutes: number,
  now: Date,
): Promise<void> {
  const cooldownMinutes = holdMinutes * HOLD_COOLDOWN;
  const wanted = { tutorId, studentId, startsAt, endsAt: minutesAfter(startsAt, durationMinutes) };
  const since = await minutesSinceHeld(tx, wanted, { now, holdMinutes, cooldownMinutes });
  if (since === null) return;
  const minutes = Math.max(1, Math.ceil(cooldownMinutes - since));
  throw new Refusal<BookingErrorCode>([{ code: 'HOLD_COOLDOWN', values: { minutes } }]);
}

/** Books what is placed or held: it waits for its payment, or is confirmed when it costs nothing. */
export async function settleBooking(
  tx: EntityManager,
  booking: Booking,
  rules: PolicyRules,
  packageId: string | null,
  now: Date,
): Promise<void> {
  const { tutorId, studentId, subjectId, priceMinor: rateMinor, currency } = booking;
  await agreeRateOnce(tx, { tutorId, studentId, subjectId }, { rateMinor, currency }, now);
  booking.packageId = packageId;
  if (booking.amountMinor === 0) {
    moveBooking(booking, 'CONFIRMED', now);
    recordEvent(tx, bookingConfirmed.create(aboutBooking(booking)));
  } else {
    moveBooking(booking, 'PENDING_PAYMENT', now, minutesAfter(now, rules.paymentMinutes));
    recordEvent(tx, bookingPaymentAwaited.create(aboutBooking(booking)));
  }
}
