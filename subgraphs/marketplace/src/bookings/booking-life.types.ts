import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type BookingActor, type BookingRoleName, bookingActors } from './booking.rules.js';
import { BookingRole } from './booking.types.js';
import { bookingActions } from './booking-life.rules.js';

const BookingActorEnum = enumOf(bookingActors);
registerEnumType(BookingActorEnum, {
  name: 'BookingActor',
  description: 'Who did something to a booking.',
  valuesConfig: {
    STUDENT: { description: 'Who learns.' },
    TUTOR: { description: 'Who teaches.' },
    STAFF: { description: 'A member of our staff.' },
    SYSTEM: { description: 'Nobody: time passed, or an account was deleted.' },
  },
});

/** @see bookingActions */
export const BookingActionEnum = enumOf(bookingActions);
registerEnumType(BookingActionEnum, {
  name: 'BookingAction',
  description: 'What can be done with a booking once its time is kept.',
  valuesConfig: {
    BOOK: { description: 'Book the slot that you hold, until `expiresAt`: `createBooking`.' },
    PAY: { description: 'Pay for it, until `expiresAt`.' },
    RESCHEDULE: { description: 'Move it to another time: `rescheduleBooking`.' },
    CANCEL: { description: 'Call it off: `cancelBooking`. What you get back says `refundPercentIfCancelled`.' },
    COMPLETE: { description: 'Say that it has taken place: `completeBooking`.' },
    REPORT_NO_SHOW: { description: 'Say that the other one was not there: `reportNoShow`.' },
    DISPUTE_NO_SHOW: { description: 'Say that you were there: `disputeNoShow`.' },
    RESOLVE_DISPUTE: { description: 'Decide who is right, as staff: `resolveDispute`.' },
    MARK_PAID: { description: 'Say that it was paid outside the platform, as staff: `markBookingPaid`.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How a booking came to be called off.' })
export class BookingCancellation {
  @Field(() => DateTime, { description: 'When it was called off.' })
  declare at: Date;

  @Field(() => BookingActorEnum, { description: 'Who called it off.' })
  declare by: BookingActor;

  @Field(() => String, { nullable: true, description: 'What they said; null when nothing.' })
  declare reason: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The share of what was paid that the student gets back, in percent; null when nothing was paid.',
  })
  declare refundPercent: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What somebody says who was reported absent, and what staff decided.',
})
export class BookingDispute {
  @Field(() => String, { nullable: true, description: 'Their words; null once their account is deleted.' })
  declare statement: string | null;

  @Field(() => DateTime, { description: 'When they said so.' })
  declare at: Date;

  @Field(() => DateTime, { nullable: true, description: 'When staff decided; null until then. The status says how.' })
  declare resolvedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What staff says of its decision, to both; null when nothing.' })
  declare note: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Somebody was reported absent from a lesson.' })
export class BookingAbsence {
  @Field(() => BookingRole, { description: 'Who was reported absent. Whether it stands says the status.' })
  declare absent: BookingRoleName;

  @Field(() => DateTime, { description: 'When it was reported.' })
  declare reportedAt: Date;

  @Field(() => DateTime, { description: 'Until when whoever was reported absent may dispute it, once.' })
  declare disputableUntil: Date;

  @Field(() => Int, {
    nullable: true,
    description:
      'The share of what was paid that the student gets back for it, in percent, once the time to dispute it is over; null when the lesson took place after all.',
  })
  declare refundPercent: number | null;

  @Field(() => BookingDispute, { nullable: true, description: 'What they say against it; null when they have not.' })
  declare dispute: BookingDispute | null;
}
