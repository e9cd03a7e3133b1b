import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AttendanceService } from './attendance.service.js';
import type { Booking } from './booking.entity.js';
import { BookingError } from './booking.payloads.js';
import { BookingConnection } from './booking.types.js';
import {
  CancelBookingInput,
  CancelBookingPayload,
  CancelSeriesInput,
  CancelSeriesPayload,
  CompleteBookingInput,
  CompleteBookingPayload,
  DisputeNoShowInput,
  DisputeNoShowPayload,
  MarkBookingPaidInput,
  MarkBookingPaidPayload,
  ReportNoShowInput,
  ReportNoShowPayload,
  ResolveDisputeInput,
  ResolveDisputePayload,
} from './booking-life.payloads.js';
import type { CancellationService } from './cancellation.service.js';
import type { OutsidePaymentService } from './outside-payment.service.js';

/** What happens to bookings after they were made. */
@Resolver()
export class BookingLifeResolver {
  constructor(
    private readonly cancellations: CancellationService,
    private readonly attendance: AttendanceService,
    private readonly payments: OutsidePaymentService,
  ) {}

  @SignedIn()
  @Mutation(() => CancelBookingPayload, {
    nullable: true,
    description:
      "Calls a booking off, until the lesson begins. A student gets back the share that the booking's policy says for the hours that are left, and cannot cancel what was moved at short notice; when the tutor or staff cancels, everything. Staff may do so during the lesson, too.",
  })
  cancelBooking(
    @Arg('input', () => CancelBookingInput, { description: 'Which one, and why.' }) input: CancelBookingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.cancellations.cancel(context, input) }));
  }

  @SignedIn()
  @Mutation(() => CancelSeriesPayload, {
    nullable: true,
    description: 'Calls off all lessons of a series that are still to come, each by the same rules as cancelBooking.',
  })
  cancelSeries(
    @Arg('input', () => CancelSeriesInput, { description: 'Which one, and why.' }) input: CancelSeriesInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, () => this.cancellations.cancelSeries(context, input));
  }

  @SignedIn()
  @Mutation(() => CompleteBookingPayload, {
    nullable: true,
    description:
      'Says that a lesson has taken place, once its end has come. When nobody says anything, it counts as completed after some hours. If only the tutor says so, the student may still report an absence within those hours.',
  })
  completeBooking(
    @Arg('input', () => CompleteBookingInput, { description: 'Which one.' }) input: CompleteBookingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.attendance.complete(context, input) }));
  }

  @SignedIn()
  @Mutation(() => ReportNoShowPayload, {
    nullable: true,
    description:
      'Reports that the other one is not there, some minutes after the beginning and until some hours after the end. If the tutor was absent the student gets everything back, otherwise nothing; whoever is reported may dispute it.',
  })
  reportNoShow(
    @Arg('input', () => ReportNoShowInput, { description: 'Which lesson, and who.' }) input: ReportNoShowInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.attendance.reportNoShow(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DisputeNoShowPayload, {
    nullable: true,
    description: 'Says that you were there, once, within some hours after the end; staff decides.',
  })
  disputeNoShow(
    @Arg('input', () => DisputeNoShowInput, { description: 'Which lesson, and what you say.' })
    input: DisputeNoShowInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.attendance.dispute(context, input) }));
  }

  @Requires('marketplace.bookings.manage')
  @Query(() => BookingConnection, {
    nullable: true,
    description: 'Bookings whose disputes wait for a decision, those that wait longest first.',
  })
  disputedBookings(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Booking>> {
    return this.attendance.disputed(context, page);
  }

  @Requires('marketplace.bookings.manage')
  @Mutation(() => ResolveDisputePayload, {
    nullable: true,
    description: 'Decides a dispute about an absence. Nobody decides about a lesson of their own.',
  })
  resolveDispute(
    @Arg('input', () => ResolveDisputeInput, { description: 'The decision.' }) input: ResolveDisputeInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.attendance.resolve(context, input) }));
  }

  @Requires('marketplace.bookings.manage')
  @Mutation(() => MarkBookingPaidPayload, {
    nullable: true,
    description:
      'Confirms a booking that was paid outside the platform; an expired one only while its time is still free. Nobody does so for a lesson of their own.',
  })
  markBookingPaid(
    @Arg('input', () => MarkBookingPaidInput, { description: 'Which one, and how it was paid.' })
    input: MarkBookingPaidInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, BookingError, async () => ({ booking: await this.payments.markPaid(context, input) }));
  }
}
