import { DateTime, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { BookingError } from './booking.payloads.js';
import type { BookingKind } from './booking.rules.js';
import { BookingKindEnum, BookingType } from './booking.types.js';

const AGAIN =
  'A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again.';
const ZONE = 'Your time zone, in which `alternatives` tell their local times; UTC without it.';

@InputType({ description: 'A lesson that you want to have.' })
export class BookingSlotInput {
  @Field(() => ID, { description: 'Whose lesson.' })
  declare tutorId: string;

  @Field(() => ID, { description: 'In which subject.' })
  declare subjectId: string;

  @Field(() => DateTime, { description: 'When it begins, on full five minutes.' })
  declare startsAt: Date;

  @Field(() => Int, {
    description: 'How long it lasts: 15 to 240 minutes in steps of five; a trial as long as the policy says.',
  })
  declare durationMinutes: number;

  @Field(() => BookingKindEnum, { defaultValue: 'REGULAR', description: 'What kind of lesson.' })
  declare kind: BookingKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'An UNSCHEDULED booking of yours with this tutor in this subject that gets its time; it keeps its agreed price. Without it a new booking is made.',
  })
  declare bookingId?: string | null;
}

@InputType({ description: 'Which slot to hold.' })
export class HoldSlotInput {
  @Field(() => BookingSlotInput, { description: 'The lesson that you want to have.' })
  declare slot: BookingSlotInput;

  @Field(() => TimeZone, { nullable: true, description: ZONE })
  declare timeZone?: string | null;

  @Field(() => String, { nullable: true, description: AGAIN })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Which held slot to give back.' })
export class ReleaseSlotInput {
  @Field(() => ID, { description: 'The booking that holds it.' })
  declare bookingId: string;

  @Field(() => String, { nullable: true, description: AGAIN })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What to book: either `holdId` or `slot`.' })
export class CreateBookingInput {
  @Field(() => ID, { nullable: true, description: 'A booking of yours that holds its slot.' })
  declare holdId?: string | null;

  @Field(() => BookingSlotInput, { nullable: true, description: 'A slot that is not held, to be booked at once.' })
  declare slot?: BookingSlotInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A package of lessons of yours from which it is to be paid; not for trials.',
  })
  declare packageId?: string | null;

  @Field(() => TimeZone, { nullable: true, description: ZONE })
  declare timeZone?: string | null;

  @Field(() => String, { nullable: true, description: AGAIN })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What to book week by week.' })
export class CreateBookingSeriesInput {
  @Field(() => BookingSlotInput, { description: 'The first lesson; no trial.' })
  declare slot: BookingSlotInput;

  @Field(() => Int, { description: 'How many lessons, the first one included: 2 to 26.' })
  declare count: number;

  @Field(() => TimeZone, {
    description:
      'Your time zone: by its clock all lessons begin at the same time, across clock changes. A time that a day does not have moves on by what the clocks skip.',
  })
  declare timeZone: string;

  @Field(() => ID, { nullable: true, description: 'A package of lessons of yours from which they are to be paid.' })
  declare packageId?: string | null;

  @Field(() => String, { nullable: true, description: AGAIN })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Where to move a booking.' })
export class RescheduleBookingInput {
  @Field(() => ID, { description: 'Which booking.' })
  declare bookingId: string;

  @Field(() => DateTime, { description: 'When it is to begin, on full five minutes; it lasts as long as before.' })
  declare startsAt: Date;

  @Field(() => TimeZone, { nullable: true, description: ZONE })
  declare timeZone?: string | null;

  @Field(() => String, { nullable: true, description: AGAIN })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A slot that is held for you.' })
export class HoldSlotPayload {
  @Field(() => BookingType, {
    nullable: true,
    description: 'The booking, HELD until `expiresAt`; null when it was refused.',
  })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, OWN_PROFILE, TUTOR_HIDDEN, SUBJECT_ARCHIVED, NOT_OFFERED, SLOT_TAKEN, OUTSIDE_AVAILABILITY, TOO_SOON, TOO_FAR, LIMIT_REACHED, TOO_MANY_HOLDS, TRIAL_MINUTES, TRIAL_TAKEN, TOO_MANY_TRIALS, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A slot that was given back.' })
export class ReleaseSlotPayload {
  @Field(() => BookingType, {
    nullable: true,
    description:
      'The booking: EXPIRED, or UNSCHEDULED again when it had been agreed by an order; null when it was refused.',
  })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_HELD, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your new booking.' })
export class CreateBookingPayload {
  @Field(() => BookingType, {
    nullable: true,
    description:
      'The booking: PENDING_PAYMENT until `expiresAt`, or CONFIRMED when it costs nothing; null when it was refused.',
  })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: for a hold NOT_FOUND, NOT_HELD, HOLD_EXPIRED; for a slot what `holdSlot` refuses but TOO_MANY_HOLDS; TOO_MANY_UNPAID, INVALID_INPUT, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your new bookings.' })
export class CreateBookingSeriesPayload {
  @Field(() => [BookingType], {
    nullable: true,
    description:
      'All bookings of the series by their beginnings, each PENDING_PAYMENT, or CONFIRMED when it costs nothing; null when it was refused: then none was made.',
  })
  declare bookings?: BookingType[] | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, OWN_PROFILE, TUTOR_HIDDEN, SUBJECT_ARCHIVED, NOT_OFFERED, SERIES_CONFLICTS (with `conflicts`), TOO_MANY_UNPAID, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}

@ObjectType({ simpleResolvers: true, description: 'A booking at its new time.' })
export class RescheduleBookingPayload {
  @Field(() => BookingType, { nullable: true, description: 'The booking; null when it was not moved.' })
  declare booking?: BookingType | null;

  @Field(() => [BookingError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, NOT_MOVABLE, MOVE_TOO_LATE, SLOT_TAKEN, OUTSIDE_AVAILABILITY, TOO_SOON, TOO_FAR, LIMIT_REACHED, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: BookingError[];
}
