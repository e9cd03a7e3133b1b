import { newId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import { Booking } from './booking.entity.js';
import { newSeries } from './booking.inputs.js';
import type { BookingClock } from './booking-clock.js';
import { limitUnpaid, minutesAfter, placeBooking, settleBooking } from './booking-placing.js';
import { weeklyStarts } from './booking-series.rules.js';
import { termsOf } from './booking-terms.js';
import type { SlotDesk } from './slot-desk.js';

/** Booking lessons week by week. */
export class BookingSeriesService {
  constructor(
    private readonly desk: SlotDesk,
    private readonly clock: BookingClock,
  ) {}

  /**
   * Books a lesson each week at the same local time, all of them or none.
   *
   * @throws Refusal what {@link SlotDesk.take} and {@link termsOf} refuse, TOO_MANY_UNPAID, IDEMPOTENCY_KEY_REUSED
   */
  create(context: RequestContext, input: unknown): Promise<Booking[]> {
    const { idempotencyKey: key, ...series } = accept(newSeries, input, context.locale);
    const { slot, count, timeZone, packageId = null } = series;
    const { userId: studentId } = context.user;
    const starts = weeklyStarts(slot.startsAt, timeZone, count);
    const spans = starts.map((startsAt) => ({ startsAt, endsAt: minutesAfter(startsAt, slot.durationMinutes) }));
    const call = { viewerId: studentId, mutation: 'createBookingSeries', key, input: series };
    return this.desk.take<Booking[], { seriesId: string }>(
      context,
      call,
      { tutorId: slot.tutorId, studentId, spans, timeZone },
      {
        work: async (tx, now) => {
          const terms = await termsOf(tx, slot, studentId);
          await limitUnpaid(tx, { studentId, amountMinor: terms.amountMinor }, count, now);
          const seriesId = newId();
          const bookings: Booking[] = [];
          for (const [index, startsAt] of starts.entries()) {
            // An agreed booking becomes the first one.
            const agreed = index === 0 ? terms.agreed : null;
            const booking = placeBooking(tx, { ...slot, startsAt }, studentId, { ...terms, agreed }, now);
            booking.seriesId = seriesId;
            await settleBooking(tx, booking, terms.policy.rules, packageId, now);
            await this.clock.schedule(tx, booking, now);
            bookings.push(booking);
          }
          return bookings;
        },
        reference: ([first]) => ({ seriesId: first?.seriesId ?? '' }),
        recall: (tx, { seriesId }) => tx.find(Booking, { seriesId }, { orderBy: { startsAt: 'asc' } }),
      },
    );
  }
}
