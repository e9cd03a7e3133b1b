import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Booking } from './booking.entity.js';
import { BookingType } from './booking.types.js';
import type { BookingAction } from './booking-life.rules.js';
import { BookingAbsence, BookingActionEnum, BookingCancellation } from './booking-life.types.js';
import type { BookingStandingService } from './booking-standing.service.js';

/** How bookings ended, and what can be done with them. */
@Resolver(() => BookingType)
export class BookingStandingResolver {
  constructor(private readonly standings: BookingStandingService) {}

  @FieldResolver(() => BookingCancellation, {
    nullable: true,
    description: 'How it came to be called off; null when it was not.',
  })
  cancellation(@Root() booking: Booking): BookingCancellation | null {
    return this.standings.cancellation(booking);
  }

  @FieldResolver(() => BookingAbsence, {
    nullable: true,
    description: 'Who was reported absent from it; null when nobody was.',
  })
  absence(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<BookingAbsence | null> {
    return this.standings.absence(context, booking);
  }

  @FieldResolver(() => [BookingActionEnum], {
    description: 'What you may do with it now; it changes with time, so ask anew before you offer it.',
  })
  allowedActions(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<readonly BookingAction[]> {
    return this.standings.allowedActions(context, booking);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'The share of what was paid that the student gets back if you cancel now, in percent; null when you cannot cancel it or nothing was paid.',
  })
  refundPercentIfCancelled(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<number | null> {
    return this.standings.refundPercentIfCancelled(context, booking);
  }
}
