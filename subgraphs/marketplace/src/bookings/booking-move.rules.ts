import { hoursLeft, type PolicyRules } from '../policies/policy.rules.js';
import type { BookingSide, BookingStatus } from './booking.rules.js';

/** Bookings that stand so have a time that can be moved. */
const movable: readonly BookingStatus[] = ['PENDING_PAYMENT', 'CONFIRMED'];

/** What a policy says of a move. */
export type MoveVerdict = 'FREE' | 'LATE' | 'MOVE_TOO_LATE' | 'NOT_MOVABLE';

/** What decides whether a booking may be moved. */
export interface MovedBooking {
  status: BookingStatus;
  startsAt?: Date | null;
  movedLateAt?: Date | null;
}

/**
 * May this booking be moved now? The student: freely until some hours before, once more until some hours less (LATE, after
 * which it cannot be cancelled). The tutor: only as long as it is free. Staff: until it begins.
 */
export function judgeMove(rules: PolicyRules, booking: MovedBooking, mover: BookingSide, now: Date): MoveVerdict {
  const { status, startsAt, movedLateAt } = booking;
  if (!startsAt || !movable.includes(status)) return 'NOT_MOVABLE';
  const left = hoursLeft(startsAt, now);
  if (left <= 0) return 'MOVE_TOO_LATE';
  if (mover === 'STAFF' || left >= rules.freeReschedulingHours) return 'FREE';
  return mover === 'STUDENT' && left >= rules.lastReschedulingHours && !movedLateAt ? 'LATE' : 'MOVE_TOO_LATE';
}

/**
 * Is a new beginning too near for whoever moves a lesson there? What its tutor moves must leave the student the hours in
 * which they can still move it freely: they have not consented to the new time, and whoever is not there pays.
 */
export function isTooSoon(rules: PolicyRules, mover: BookingSide, startsAt: Date, now: Date): boolean {
  const left = hoursLeft(startsAt, now);
  return left <= 0 || (mover === 'TUTOR' && left < rules.freeReschedulingHours);
}
