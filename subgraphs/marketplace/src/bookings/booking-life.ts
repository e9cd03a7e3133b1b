import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { paymentsConsumer } from '../consumers/payments.consumer.js';
import { advanceBookingJob } from '../jobs/advance-booking.job.js';
import { sweepBookingsJob } from '../jobs/sweep-bookings.job.js';
import { AttendanceService } from './attendance.service.js';
import { BookingClock } from './booking-clock.js';
import { BookingLifeResolver } from './booking-life.resolver.js';
import { BookingPayments } from './booking-payments.js';
import { BookingStandingResolver } from './booking-standing.resolver.js';
import { BookingStandingService } from './booking-standing.service.js';
import { CancellationService } from './cancellation.service.js';
import { observeLessons } from './lesson-metrics.js';
import { OutsidePaymentService } from './outside-payment.service.js';

/** Wires what happens to bookings after they were made. */
export function createBookingLife({ orm, metrics }: Pick<RoomTools, 'orm' | 'metrics'>) {
  const advance = advanceBookingJob(orm.em);
  const clock = new BookingClock(advance);
  const payments = new BookingPayments(clock);
  const endObserving = observeLessons(orm.em, metrics);
  return {
    clock,
    resolvers: [
      new BookingLifeResolver(new CancellationService(), new AttendanceService(), new OutsidePaymentService(payments)),
      new BookingStandingResolver(new BookingStandingService()),
    ],
    jobs: [advance, sweepBookingsJob(orm.em, clock)],
    consumers: [paymentsConsumer(payments)],
    close: async () => endObserving(),
  } satisfies RoomParts & { clock: BookingClock };
}
