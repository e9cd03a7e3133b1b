import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { bookingExpired } from '../events.js';
import { Booking } from './booking.entity.js';
import { aboutBooking, moveBooking } from './booking.transitions.js';
import { lockDueBookings } from './booking-times.repository.js';

/**
 * Gives the time of a hold or an unpaid booking free, because its time is over or the student gives it back. What was
 * agreed by an order and only held waits for a time again; everything else is over. The caller has locked it.
 *
 * @returns false, and changes nothing, when it neither is held nor waits for money
 */
export function expireBooking(tx: EntityManager, booking: Booking, now: Date): boolean {
  const wasHeld = booking.status === 'HELD';
  if (!wasHeld && booking.status !== 'PENDING_PAYMENT') return false;
  if (wasHeld && booking.applicationId) {
    moveBooking(booking, 'UNSCHEDULED', now);
    Object.assign(booking, { startsAt: null, endsAt: null, kind: 'REGULAR', amountMinor: 0 });
  } else {
    moveBooking(booking, 'EXPIRED', now);
    // A hold was in nobody's calendar yet.
    if (!wasHeld) booking.sequence += 1;
  }
  recordEvent(tx, bookingExpired.create(aboutBooking(booking)));
  return true;
}

/** Expires whatever of these people has outlived its time, so that the exclusion constraints do not see it any longer. */
export async function expireDue(tx: EntityManager, userIds: readonly string[], now: Date): Promise<void> {
  const ids = await lockDueBookings(tx, userIds, now);
  if (ids.length === 0) return;
  for (const booking of await tx.find(Booking, { id: { $in: ids } }, { refresh: true }))
    expireBooking(tx, booking, now);
  await tx.flush();
}
