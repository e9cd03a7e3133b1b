import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import {
  bookingCancelled,
  bookingCompleted,
  bookingConfirmed,
  bookingDisputed,
  bookingNoShow,
  bookingStarted,
} from '../events.js';
import type { Booking } from './booking.entity.js';
import type { BookingActor, BookingRoleName } from './booking.rules.js';
import { aboutBooking, moveBooking } from './booking.transitions.js';

/*
 * Each moves a locked booking on and records the event, or answers false and changes nothing when the transition table
 * does not allow it.
 */

/** The money is there. */
export function confirmBooking(tx: EntityManager, booking: Booking, now: Date): boolean {
  const wasExpired = booking.status === 'EXPIRED';
  if (!moveBooking(booking, 'CONFIRMED', now)) return false;
  booking.paidAt = now;
  // It takes place after all: calendars have it as called off.
  if (wasExpired) booking.sequence += 1;
  recordEvent(tx, bookingConfirmed.create(aboutBooking(booking)));
  return true;
}

/** The lesson begins, as it was agreed. */
export function startBooking(tx: EntityManager, booking: Booking, now: Date): boolean {
  if (!moveBooking(booking, 'IN_PROGRESS', now)) return false;
  booking.startedAt = booking.startsAt ?? now;
  recordEvent(tx, bookingStarted.create(aboutBooking(booking)));
  return true;
}

/** The lesson has taken place. @param by who says so */
export function completeBooking(tx: EntityManager, booking: Booking, by: BookingActor, now: Date): boolean {
  if (!moveBooking(booking, 'COMPLETED', now)) return false;
  Object.assign(booking, { completedAt: now, completedBy: by, refundPercent: null });
  recordEvent(tx, bookingCompleted.create(aboutBooking(booking)));
  return true;
}

/** The lesson does not take place. @param refundPercent null when nothing was paid */
export function cancelBooking(
  tx: EntityManager,
  booking: Booking,
  { by, reason, refundPercent }: { by: BookingActor; reason: string | null; refundPercent: number | null },
  now: Date,
): boolean {
  if (!moveBooking(booking, 'CANCELLED', now)) return false;
  Object.assign(booking, { cancelledAt: now, cancelledBy: by, cancelReason: reason, refundPercent });
  booking.sequence += 1;
  const { subject, data } = aboutBooking(booking);
  const event = { ...data, cancelledBy: by, refundPercent: refundPercent ?? 0 };
  recordEvent(tx, bookingCancelled.create({ subject, data: event }));
  return true;
}

/**
 * Somebody was not there: a student gets everything back whose tutor was absent, and nothing for an absence of their own.
 *
 * @param disputableUntil null when it is settled
 */
export function settleAbsence(
  tx: EntityManager,
  booking: Booking,
  { absent, disputableUntil }: { absent: BookingRoleName; disputableUntil: Date | null },
  now: Date,
): boolean {
  if (!moveBooking(booking, 'NO_SHOW', now)) return false;
  const refundPercent = absent === 'TUTOR' ? 100 : 0;
  Object.assign(booking, { absent, refundPercent, completedAt: null, completedBy: null });
  booking.noShowReportedAt ??= now;
  const { subject, data } = aboutBooking(booking);
  const event = { ...data, absent, refundPercent, disputableUntil: disputableUntil?.toISOString() ?? null };
  recordEvent(tx, bookingNoShow.create({ subject, data: event }));
  return true;
}

/** Whoever was reported absent says otherwise. */
export function disputeAbsence(tx: EntityManager, booking: Booking, statement: string, now: Date): boolean {
  if (!moveBooking(booking, 'DISPUTED', now)) return false;
  Object.assign(booking, { disputedAt: now, disputeStatement: statement });
  recordEvent(tx, bookingDisputed.create(aboutBooking(booking)));
  return true;
}
