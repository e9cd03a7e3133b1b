import { ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Money } from '@tutorgraph/kit/graphql/money';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Application } from '../applications/application.entity.js';
import { ApplicationType } from '../applications/application.types.js';
import type { Order } from '../orders/order.entity.js';
import { OrderType } from '../orders/order.types.js';
import { UserReference } from '../people/user.types.js';
import type { Policy } from '../policies/policy.entity.js';
import { PolicyType } from '../policies/policy.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Booking } from './booking.entity.js';
import type { BookingOrderName } from './booking.rules.js';
import type { BookingService } from './booking.service.js';
import { BookingConnection, BookingOrder, BookingType, MyBookingsFilter } from './booking.types.js';

/** Bookings in the graph. */
@Resolver(() => BookingType)
export class BookingResolver {
  constructor(private readonly bookings: BookingService) {}

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: "The order from which it came; null when it was booked from the tutor's profile.",
  })
  order(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Order | null> {
    return this.bookings.order(context, booking);
  }

  @FieldResolver(() => ApplicationType, {
    nullable: true,
    description: "The application that was chosen; null when it was booked from the tutor's profile.",
  })
  application(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Application | null> {
    return this.bookings.application(context, booking);
  }

  @FieldResolver(() => TutorType, { description: 'Who teaches.' })
  tutor(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.bookings.tutor(context, booking);
  }

  @FieldResolver(() => UserReference, { description: 'Who learns.' })
  student(@Root() booking: Booking): UserReference {
    return { id: booking.studentId };
  }

  @FieldResolver(() => SubjectType, { description: 'What is taught.' })
  subject(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.bookings.subject(context, booking);
  }

  @FieldResolver(() => Money, { description: 'What an hour costs, as agreed; it never changes.' })
  price(@Root() { priceMinor, currency }: Booking): Money {
    return { amountMinor: priceMinor, currency };
  }

  @FieldResolver(() => Money, { description: 'What the lesson costs in all; nothing while it has no time.' })
  amount(@Root() { amountMinor, currency }: Booking): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How long it lasts; null while it is UNSCHEDULED.' })
  durationMinutes(@Root() { startsAt, endsAt }: Booking): number | null {
    return startsAt && endsAt ? (endsAt.getTime() - startsAt.getTime()) / 60_000 : null;
  }

  @FieldResolver(() => [BookingType], {
    description:
      'The bookings that were made together with it, week by week, by their beginnings and with itself: 26 at most; empty for a single one.',
  })
  series(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Booking[]> {
    return this.bookings.series(context, booking);
  }

  @FieldResolver(() => PolicyType, { description: 'The rules under which it was made; they stay as they were.' })
  policy(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Policy | null> {
    return this.bookings.policy(context, booking);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "The platform's share of the amount in percent; null unless you are its tutor or staff.",
  })
  commissionPercent(@Root() booking: Booking, @Ctx() context: RequestContext): number | null {
    return this.bookings.commission(context, booking);
  }

  @ServiceOnly('Booking.lessonsBefore')
  @Directive('@inaccessible')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many lessons the student had completed with the tutor before this one; while it is not completed, all of them. For our services only.',
  })
  lessonsBefore(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<number> {
    return this.bookings.lessonsBefore(context, booking);
  }

  @SignedIn()
  @Query(() => BookingType, {
    nullable: true,
    description: 'A booking by id; null when there is none that you may see.',
  })
  booking(
    @Arg('id', () => ID, { description: 'Identity of the booking.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Booking | null> {
    return this.bookings.find(context, id);
  }

  @SignedIn()
  @Query(() => BookingConnection, { nullable: true, description: 'Your own bookings.' })
  myBookings(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => MyBookingsFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: MyBookingsFilter | null | undefined,
    @Arg('orderBy', () => BookingOrder, { nullable: true, description: 'How to order them; NEWEST without it.' })
    orderBy: BookingOrderName | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Booking>> {
    return this.bookings.own(context, filter, orderBy, page);
  }
}
