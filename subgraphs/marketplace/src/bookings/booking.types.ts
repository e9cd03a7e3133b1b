import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import {
  type BookingKind,
  type BookingRoleName,
  type BookingStatus,
  bookingKinds,
  bookingOrders,
  bookingRoles,
  bookingStatuses,
} from './booking.rules.js';

export const BookingStatusEnum = enumOf(bookingStatuses);
registerEnumType(BookingStatusEnum, {
  name: 'BookingStatus',
  description: 'Where a booking stands.',
  valuesConfig: {
    UNSCHEDULED: { description: 'Agreed, without times yet.' },
    HELD: { description: 'Its time is kept for some minutes, until it is booked; see `expiresAt`.' },
    PENDING_PAYMENT: { description: 'Booked; its time is kept until it is paid or `expiresAt` has come.' },
    CONFIRMED: { description: 'Paid: the lesson takes place.' },
    IN_PROGRESS: { description: 'The lesson has begun.' },
    COMPLETED: { description: 'The lesson has taken place; it may be reviewed.' },
    CANCELLED: { description: 'It does not take place.' },
    EXPIRED: { description: 'It was not booked or paid in time; its time is free again.' },
    NO_SHOW: { description: 'One of the two was reported absent.' },
    DISPUTED: { description: 'Whoever was reported absent says otherwise; staff decides.' },
  },
});

/** @see bookingRoles */
export const BookingRole = enumOf(bookingRoles);
registerEnumType(BookingRole, {
  name: 'BookingRole',
  description: 'What you are in a booking.',
  valuesConfig: { STUDENT: { description: 'You learn.' }, TUTOR: { description: 'You teach.' } },
});

export const BookingKindEnum = enumOf(bookingKinds);
registerEnumType(BookingKindEnum, {
  name: 'BookingKind',
  description: 'What kind of lesson it is.',
  valuesConfig: {
    REGULAR: { description: 'One like all others.' },
    TRIAL: { description: 'To get to know a tutor: once with each, with few tutors, as long as the policy says.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Booking', {
  simpleResolvers: true,
  description: 'Lessons that a student and a tutor have agreed upon; seen by the two of them and staff.',
})
export class BookingType {
  @Field(() => ID, { description: 'Identity of the booking.' })
  declare id: string;

  @Field(() => BookingStatusEnum, { description: 'Where it stands.' })
  declare status: BookingStatus;

  @Field(() => DateTime, { nullable: true, description: 'When it begins; null while it is UNSCHEDULED.' })
  declare startsAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null while it is UNSCHEDULED.' })
  declare endsAt: Date | null;

  @Field(() => BookingKindEnum, { description: 'What kind of lesson it is.' })
  declare kind: BookingKind;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a HELD or PENDING_PAYMENT booking gives its time free; null in every other state.',
  })
  declare expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was paid; null while it is not.' })
  declare paidAt: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The package of lessons from which it is paid; null when it is paid by itself.',
  })
  declare packageId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'What bookings have in common that were made together, week by week; null for a single one.',
  })
  declare seriesId: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was moved later than that is free; then it cannot be cancelled for a refund.',
  })
  declare movedLateAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began; null before.' })
  declare startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it counted as taken place; null before.' })
  declare completedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was agreed.' })
  declare createdAt: Date;
}

/** @see bookingOrders */
export const BookingOrder = enumOf(bookingOrders);
registerEnumType(BookingOrder, {
  name: 'BookingOrder',
  description: 'How to order bookings.',
  valuesConfig: {
    NEWEST: { description: 'What was agreed last comes first.' },
    EARLIEST: { description: 'By when lessons begin, the earliest first; those without a time last.' },
    LATEST: { description: 'By when lessons begin, the latest first; those without a time last.' },
  },
});

export const BookingConnection = connectionOf(BookingType, 'Booking');

@InputType({ description: 'Which of your bookings; conditions add up.' })
export class MyBookingsFilter {
  @Field(() => BookingStatusEnum, { nullable: true, description: 'Only bookings that stand so.' })
  declare status?: BookingStatus | null;

  @Field(() => BookingRole, { nullable: true, description: 'Only bookings in which you are this.' })
  declare role?: BookingRoleName | null;
}
