import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure around reviews. */
export const reviewErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_YOUR_BOOKING',
  'NOT_YOUR_REVIEW',
  'BOOKING_NOT_COMPLETED',
  'ALREADY_REVIEWED',
  'REVIEW_TOO_OLD',
  'NOT_ABOUT_YOU',
  'ALREADY_ANSWERED',
  'NO_ANSWER',
] as const;
/** @see reviewErrorCodes */
export type ReviewErrorCode = (typeof reviewErrorCodes)[number];
const ReviewErrorCodes = enumOf(reviewErrorCodes);
registerEnumType(ReviewErrorCodes, {
  name: 'ReviewErrorCode',
  description: 'Expected failures around reviews.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such booking or review that you may see.' },
    NOT_YOUR_BOOKING: { description: 'Only the student of the booking may review it.' },
    NOT_YOUR_REVIEW: { description: 'Only whoever wrote it may do this.' },
    BOOKING_NOT_COMPLETED: { description: 'The lesson has not taken place.' },
    ALREADY_REVIEWED: { description: 'You have reviewed this booking: change that review.' },
    REVIEW_TOO_OLD: { description: 'A review can be changed for 14 days; it may still be deleted.' },
    NOT_ABOUT_YOU: { description: 'Only the tutor who was reviewed may answer.' },
    ALREADY_ANSWERED: { description: 'You have answered this review: change that answer.' },
    NO_ANSWER: { description: 'You have not answered this review.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a review.' })
export class ReviewError extends UserError {
  @Field(() => ReviewErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: ReviewErrorCode;
}
