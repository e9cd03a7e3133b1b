import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { BookingError } from './booking.payloads.js';
import {
  CreateBookingInput,
  CreateBookingPayload,
  CreateBookingSeriesInput,
  CreateBookingSeriesPayload,
  HoldSlotInput,
  HoldSlotPayload,
  ReleaseSlotInput,
  ReleaseSlotPayload,
  RescheduleBookingInput,
  RescheduleBookingPayload,
} from './booking-making.payloads.js';
import type { BookingMakingService } from './booking-making.service.js';
import type { BookingMoveService } from './booking-move.service.js';
import type { BookingSeriesService } from './booking-series.service.js';

/** Making and moving bookings in the graph. */
@Resolver()
export class BookingMakingResolver {
  constructor(
    private readonly making: BookingMakingService,
    private readonly series: BookingSeriesService,
    private readonly moves: BookingMoveService,
  ) {}

  @Requires('marketplace.bookings.book')
  @Limited({ viewer: { points: 60, seconds: 60 * 10 } })
  @Mutation(() => HoldSlotPayload, {
    nullable: true,
    description:
      'Holds a slot of a tutor for you, for as many minutes as the policy says: nobody else can take it meanwhile. Book it by `createBooking`. One may hold three at a time, and not the same time over and over: see `HOLD_COOLDOWN`.',
  })
  holdSlot(
    @Arg('input', () => HoldSlotInput, { description: 'Which slot.' }) input: HoldSlotInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.making.hold(context, input) }));
  }

  @Requires('marketplace.bookings.book')
  @Mutation(() => ReleaseSlotPayload, {
    nullable: true,
    description: 'Gives a slot back that is held for you, so that others can take it.',
  })
  releaseSlot(
    @Arg('input', () => ReleaseSlotInput, { description: 'Which one.' }) input: ReleaseSlotInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.making.release(context, input) }));
  }

  @Requires('marketplace.bookings.book')
  @Limited({ viewer: { points: 60, seconds: 60 * 10 } })
  @Mutation(() => CreateBookingPayload, {
    nullable: true,
    description:
      'Books a lesson: of a slot that is held for you, or of one at once. Its time is kept until it is paid or `expiresAt` has come; what costs nothing is CONFIRMED at once.',
  })
  createBooking(
    @Arg('input', () => CreateBookingInput, { description: 'What to book.' }) input: CreateBookingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.making.create(context, input) }));
  }

  @Requires('marketplace.bookings.book')
  @Limited({ viewer: { points: 20, seconds: 60 * 10 } })
  @Mutation(() => CreateBookingSeriesPayload, {
    nullable: true,
    description:
      'Books lessons week by week at the same local time, all of them or none: when one cannot take place, SERIES_CONFLICTS names each such lesson with other times.',
  })
  createBookingSeries(
    @Arg('input', () => CreateBookingSeriesInput, { description: 'What to book.' }) input: CreateBookingSeriesInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ bookings: await this.series.create(context, input) }));
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 * 10 } })
  @Mutation(() => RescheduleBookingPayload, {
    nullable: true,
    description:
      'Moves a booking to another time. Its student may do so freely until `freeReschedulingHours` of its policy before it begins, and once more until `lastReschedulingHours` before; after that it cannot be cancelled for a refund. Its tutor may do so while it is free, to a time that is as many hours away, staff until it begins.',
  })
  rescheduleBooking(
    @Arg('input', () => RescheduleBookingInput, { description: 'Which booking, and where.' })
    input: RescheduleBookingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.moves.reschedule(context, input) }));
  }
}
