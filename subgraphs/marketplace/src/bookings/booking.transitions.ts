import type { Booking } from './booking.entity.js';
import { type BookingStatus, mayBookingBecome } from './booking.rules.js';

/** What every event says of a booking. */
export function aboutBooking(booking: Booking) {
  const { id: subject, orderId = null, applicationId = null, tutorId, studentId, status } = booking;
  return { subject, data: { orderId, applicationId, tutorId, studentId, status } };
}

/**
 * Moves a booking on and keeps what hangs on its status: only a hold or an unpaid one expires. The caller has locked it and
 * records the event.
 *
 * @param expiresAt when a hold or an unpaid booking gives its time free
 * @returns false, and changes nothing, when the transition table does not allow it
 */
export function moveBooking(booking: Booking, to: BookingStatus, now: Date, expiresAt: Date | null = null): boolean {
  if (!mayBookingBecome(booking.status, to)) return false;
  booking.status = to;
  booking.expiresAt = expiresAt;
  booking.updatedAt = now;
  return true;
}
