import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { type AdvanceBookingJob, advancedBooking, BookingClock } from '../bookings/booking-clock.js';

/** Waits for the next step of one booking, does what is due then, and waits for the one after it. */
export function advanceBookingJob(em: EntityManager): AdvanceBookingJob {
  const job: AdvanceBookingJob = defineJob({
    name: 'advance-booking',
    description: 'Expires, reminds of, begins or completes a booking when its time has come.',
    payload: advancedBooking,
    concurrency: 2,
    retryDelaySeconds: 5,
    handler: ({ bookingId }) => transaction(em, (tx) => clock.advance(tx, bookingId, new Date())),
  });
  const clock = new BookingClock(job);
  return job;
}
