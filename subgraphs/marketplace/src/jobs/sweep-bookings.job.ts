import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { BookingClock } from '../bookings/booking-clock.js';
import { findDueBookings } from '../bookings/booking-clock.repository.js';

const BATCH = 100;

/**
 * Moves on what is due and was not: because its job was lost, or because it never had one. Each booking is a transaction of
 * its own that locks calendars first, as everything does; one that fails does not hold up the others, and is tried again.
 */
export function sweepBookingsJob(em: EntityManager, clock: BookingClock) {
  return defineJob({
    name: 'sweep-bookings',
    description: 'Moves on every booking whose time has come and that nothing else moved on.',
    payload: z.object({}),
    cron: '* * * * *',
    // The next minute tries again.
    retries: 0,
    handler: async (_payload, { signal, logger }) => {
      const now = new Date();
      const failed: string[] = [];
      for (let found = BATCH; found === BATCH; ) {
        const ids = await findDueBookings(em.fork(), now, { except: failed, limit: BATCH });
        found = ids.length;
        for (const id of ids) {
          signal.throwIfAborted();
          try {
            await transaction(em, (tx) => clock.advance(tx, id, now));
          } catch (err) {
            failed.push(id);
            logger.error({ err, bookingId: id }, 'A booking could not be moved on');
          }
        }
      }
    },
  });
}
