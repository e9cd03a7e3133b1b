import { describe, expect, it } from 'vitest';
import { type BookingStatus, bookingStatuses, mayBookingBecome } from './booking.rules.js';

/** Where a booking may go, said a second time: whoever changes the table means it. */
const allowed: Record<BookingStatus, string> = {
  UNSCHEDULED: 'HELD PENDING_PAYMENT CONFIRMED CANCELLED',
  HELD: 'PENDING_PAYMENT CONFIRMED EXPIRED CANCELLED UNSCHEDULED',
  PENDING_PAYMENT: 'CONFIRMED EXPIRED CANCELLED',
  CONFIRMED: 'IN_PROGRESS CANCELLED',
  IN_PROGRESS: 'COMPLETED NO_SHOW CANCELLED',
  COMPLETED: 'NO_SHOW',
  CANCELLED: '',
  EXPIRED: 'CONFIRMED',
  NO_SHOW: 'DISPUTED',
  DISPUTED: 'COMPLETED NO_SHOW CANCELLED',
};

describe('a booking', () => {
  it.each(bookingStatuses.flatMap((from) => bookingStatuses.map((to) => [from, to] as const)))(
    'that is %s becomes %s only by the table',
    (from, to) => {
      expect(mayBookingBecome(from, to)).toBe(allowed[from].split(' ').includes(to));
    },
  );
});
