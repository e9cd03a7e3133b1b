import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type BookingRoleName, type BookingStatus, bookingRoles, bookingStatuses } from './booking.rules.js';

const BookingStatusEnum = enumOf(bookingStatuses);
registerEnumType(BookingStatusEnum, {
  name: 'BookingStatus',
  description: 'Where a booking stands.',
  valuesConfig: {
    UNSCHEDULED: { description: 'Agreed, without times yet.' },
    COMPLETED: { description: 'The lesson has taken place; it may be reviewed.' },
    CANCELLED: { description: 'It does not take place.' },
  },
});

const BookingRole = enumOf(bookingRoles);
registerEnumType(BookingRole, {
  name: 'BookingRole',
  description: 'What you are in a booking.',
  valuesConfig: { STUDENT: { description: 'You learn.' }, TUTOR: { description: 'You teach.' } },
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

  @Field(() => DateTime, { description: 'When it was agreed.' })
  declare createdAt: Date;
}

export const BookingConnection = connectionOf(BookingType, 'Booking');

@InputType({ description: 'Which of your bookings; conditions add up.' })
export class MyBookingsFilter {
  @Field(() => BookingStatusEnum, { nullable: true, description: 'Only bookings that stand so.' })
  declare status?: BookingStatus | null;

  @Field(() => BookingRole, { nullable: true, description: 'Only bookings in which you are this.' })
  declare role?: BookingRoleName | null;
}
