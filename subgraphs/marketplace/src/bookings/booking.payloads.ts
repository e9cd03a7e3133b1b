import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { SlotType } from '../schedules/slot.types.js';

/** Every expected failure around bookings. */
export const bookingErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'OWN_PROFILE',
  'TUTOR_HIDDEN',
  'SUBJECT_ARCHIVED',
  'NOT_OFFERED',
  'SLOT_TAKEN',
  'OUTSIDE_AVAILABILITY',
  'TOO_SOON',
  'TOO_FAR',
  'LIMIT_REACHED',
  'SERIES_CONFLICTS',
  'TOO_MANY_HOLDS',
  'HOLD_COOLDOWN',
  'TOO_MANY_UNPAID',
  'NOT_HELD',
  'HOLD_EXPIRED',
  'TRIAL_MINUTES',
  'TRIAL_TAKEN',
  'TOO_MANY_TRIALS',
  'NOT_MOVABLE',
  'MOVE_TOO_LATE',
  'NOT_FOR_YOU',
  'WRONG_STATUS',
  'MOVED_LATE',
  'LESSON_BEGUN',
  'TOO_EARLY',
  'TOO_LATE',
  'ALREADY_DISPUTED',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
/** @see bookingErrorCodes */
export type BookingErrorCode = (typeof bookingErrorCodes)[number];
const BookingErrorCodes = enumOf(bookingErrorCodes);
registerEnumType(BookingErrorCodes, {
  name: 'BookingErrorCode',
  description: 'Expected failures around bookings.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such tutor, subject or booking that you may see.' },
    OWN_PROFILE: { description: 'Nobody books lessons with themselves.' },
    TUTOR_HIDDEN: { description: 'The tutor takes no new bookings at present.' },
    SUBJECT_ARCHIVED: { description: 'The subject is not taught here any longer.' },
    NOT_OFFERED: { description: 'The tutor does not teach this subject.' },
    SLOT_TAKEN: { description: 'One of you two is busy then: somebody was faster, perhaps. See `alternatives`.' },
    OUTSIDE_AVAILABILITY: { description: 'The tutor does not teach at that time. See `alternatives`.' },
    TOO_SOON: { description: 'The tutor wants to know of a lesson earlier. See `alternatives`.' },
    TOO_FAR: { description: 'The tutor takes no bookings so long before. See `alternatives`.' },
    LIMIT_REACHED: {
      description: 'The tutor teaches no more lessons on that day or in that week. See `alternatives`.',
    },
    SERIES_CONFLICTS: {
      description: 'Some lessons of the series cannot take place; none was booked. See `conflicts`.',
    },
    TOO_MANY_HOLDS: { description: 'You hold as many slots as one may at a time: book or release one first.' },
    HOLD_COOLDOWN: {
      description:
        'You have held this time lately without booking it: book it at once, choose another one, or wait; see `message`.',
    },
    TOO_MANY_UNPAID: {
      description: 'As many lessons of yours wait for their payment as may: pay or cancel some first.',
    },
    NOT_HELD: { description: 'The booking is no hold, or not any longer.' },
    HOLD_EXPIRED: { description: 'The slot was held too long: choose one anew.' },
    TRIAL_MINUTES: { description: 'Trials last as long as the policy says; see `message`.' },
    TRIAL_TAKEN: { description: 'You have had or booked a trial with this tutor; there is one with each.' },
    TOO_MANY_TRIALS: { description: 'You have tried as many tutors as one may.' },
    NOT_MOVABLE: { description: 'A booking that stands so cannot be moved.' },
    MOVE_TOO_LATE: { description: 'It is too late to move this lesson, or it was moved late once already.' },
    NOT_FOR_YOU: { description: 'Only the other one of the two, or staff, may do this to the booking.' },
    WRONG_STATUS: { description: 'This cannot be done to a booking that stands so; see `allowedActions`.' },
    MOVED_LATE: { description: 'The lesson was moved when that was not free any longer: you cannot cancel it.' },
    LESSON_BEGUN: { description: 'The lesson has begun, or should have: only staff can call it off.' },
    TOO_EARLY: { description: 'The lesson is not over, or the time to wait for somebody is not.' },
    TOO_LATE: { description: 'The time within which this can be said is over.' },
    ALREADY_DISPUTED: { description: 'You have disputed this already; staff decides once.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'This key was used for something else; take a new one.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A lesson of a series that cannot take place at its time.' })
export class SeriesConflict {
  @Field(() => DateTime, { description: 'When it would begin.' })
  declare startsAt: Date;

  @Field(() => BookingErrorCodes, {
    description: 'Why not: SLOT_TAKEN, OUTSIDE_AVAILABILITY, TOO_SOON, TOO_FAR or LIMIT_REACHED.',
  })
  declare reason: BookingErrorCode;

  @Field(() => [SlotType], { description: 'Up to five times nearby at which both of you are free.' })
  declare alternatives: SlotType[];
}

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a booking.' })
export class BookingError extends UserError {
  @Field(() => BookingErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: BookingErrorCode;

  @Field(() => [SlotType], {
    description: 'Up to five times near a lost one at which both of you are free; empty for every other failure.',
  })
  alternatives: SlotType[] = [];

  @Field(() => [SeriesConflict], {
    description: 'Each lesson of a series that cannot take place; empty but for SERIES_CONFLICTS.',
  })
  conflicts: SeriesConflict[] = [];
}
