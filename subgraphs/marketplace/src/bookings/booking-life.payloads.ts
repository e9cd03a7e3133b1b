import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { BookingError } from './booking.payloads.js';
import type { BookingRoleName } from './booking.rules.js';
import { BookingRole, BookingType } from './booking.types.js';
import { type DisputeOutcome, disputeOutcomes } from './booking-life.inputs.js';

const WHICH = 'Which booking.';
const KEY = 'Any text of your own, the same when you try again: then it is done once. Kept for 24 hours.';
const BOOKING = 'The booking as it stands now; null when it was refused.';

const DisputeOutcomeEnum = enumOf(disputeOutcomes);
registerEnumType(DisputeOutcomeEnum, {
  name: 'DisputeOutcome',
  description: 'How a dispute ends.',
  valuesConfig: {
    TOOK_PLACE: { description: 'The lesson took place: the booking is COMPLETED.' },
    NO_SHOW_STANDS: { description: 'Whoever was reported absent was absent: the booking is NO_SHOW for good.' },
    REFUND: { description: 'Nobody is to blame: the booking is CANCELLED and the student gets everything back.' },
  },
});

@InputType({ description: 'A booking to call off.' })
export class CancelBookingInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;

  @Field(() => String, { nullable: true, description: 'What you say to the other one, up to 500 characters.' })
  declare reason?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Lessons to call off that were booked together.' })
export class CancelSeriesInput {
  @Field(() => ID, { description: 'Which series: `seriesId` of any of its bookings.' })
  declare seriesId: string;

  @Field(() => String, { nullable: true, description: 'What you say to the other one, up to 500 characters.' })
  declare reason?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'A lesson that has taken place.' })
export class CompleteBookingInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;
}

@InputType({ description: 'A lesson for which somebody did not come.' })
export class ReportNoShowInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;

  @Field(() => BookingRole, {
    nullable: true,
    description: 'Who was not there. Staff has to say; of the two people each can only report the other one.',
  })
  declare absent?: BookingRoleName | null;
}

@InputType({ description: 'What you say if you were there.' })
export class DisputeNoShowInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;

  @Field(() => String, { description: 'What happened, 1 to 2,000 characters; the other one and staff read it.' })
  declare statement: string;
}

@InputType({ description: 'What staff decides.' })
export class ResolveDisputeInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;

  @Field(() => DisputeOutcomeEnum, { description: 'How the dispute ends.' })
  declare outcome: DisputeOutcome;

  @Field(() => String, { nullable: true, description: 'What both sides are told, up to 2,000 characters.' })
  declare note?: string | null;
}

@InputType({ description: 'A booking that was paid outside the platform.' })
export class MarkBookingPaidInput {
  @Field(() => ID, { description: WHICH })
  declare bookingId: string;

  @Field(() => String, { description: 'How it was paid, 1 to 500 characters; only staff has this.' })
  declare reason: string;
}

@ObjectType({ simpleResolvers: true, description: 'A booking that was called off.' })
export class CancelBookingPayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, LESSON_BEGUN, MOVED_LATE, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A series that was called off.' })
export class CancelSeriesPayload {
  @Field(() => [BookingType], {
    nullable: true,
    description: 'The lessons that were called off, by their times; null when it was refused.',
  })
  declare cancelled?: BookingType[] | null;

  @Field(() => [BookingType], {
    nullable: true,
    description: 'Lessons to come that cannot be called off and take place, by their times; null when it was refused.',
  })
  declare kept?: BookingType[] | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, IDEMPOTENCY_KEY_REUSED; WRONG_STATUS or MOVED_LATE when no lesson can be called off.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A lesson that has taken place.' })
export class CompleteBookingPayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, TOO_EARLY.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A lesson for which somebody did not come.' })
export class ReportNoShowPayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, TOO_EARLY, TOO_LATE.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A report of absence that is disputed.' })
export class DisputeNoShowPayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, TOO_LATE, ALREADY_DISPUTED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A dispute that was decided.' })
export class ResolveDisputePayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A booking that counts as paid.' })
export class MarkBookingPaidPayload {
  @Field(() => BookingType, { nullable: true, description: BOOKING })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, LESSON_BEGUN, SLOT_TAKEN.',
  })
  declare userErrors: BookingError[];
}
