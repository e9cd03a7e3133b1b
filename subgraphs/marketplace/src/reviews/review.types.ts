import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { TutorType } from '../tutors/tutor.types.js';

@Directive('@key(fields: "id")')
@ObjectType('Review', { simpleResolvers: true, description: 'What a student says of a tutor after a lesson; public.' })
export class ReviewType {
  @Field(() => ID, { description: 'Identity of the review.' })
  declare id: string;

  @Field(() => Int, { description: 'From 1, bad, to 5, excellent.' })
  declare rating: number;

  @Field(() => String, { nullable: true, description: 'In the words of the student.' })
  declare text: string | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

export const ReviewConnection = connectionOf(ReviewType, 'Review');

/** Every expected failure around reviews. */
export const reviewErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_YOUR_BOOKING',
  'NOT_YOUR_REVIEW',
  'BOOKING_NOT_COMPLETED',
  'ALREADY_REVIEWED',
] as const;
/** @see reviewErrorCodes */
export type ReviewErrorCode = (typeof reviewErrorCodes)[number];
const ReviewErrorCodes = enumOf(reviewErrorCodes);
registerEnumType(ReviewErrorCodes, {
  name: 'ReviewErrorCode',
  description: 'Expected failures around reviews.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such booking that you may see, or no such review.' },
    NOT_YOUR_BOOKING: { description: 'Only the student of the booking may review it.' },
    NOT_YOUR_REVIEW: { description: 'Only whoever wrote it may do this.' },
    BOOKING_NOT_COMPLETED: { description: 'The lesson has not taken place.' },
    ALREADY_REVIEWED: { description: 'You have reviewed this booking: change that review.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a review.' })
export class ReviewError extends UserError {
  @Field(() => ReviewErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: ReviewErrorCode;
}

@InputType({ description: 'Your review of a lesson.' })
export class ReviewTutorInput {
  @Field(() => ID, { description: 'Which completed booking of yours.' })
  declare bookingId: string;

  @Field(() => Int, { description: 'From 1, bad, to 5, excellent.' })
  declare rating: number;

  @Field(() => String, { nullable: true, description: 'In your words, at most 3,000 characters; it is public.' })
  declare text?: string | null;
}

@InputType({ description: 'What to change in your review: what is left out stays, a null text clears it.' })
export class UpdateReviewInput {
  @Field(() => ID, { description: 'Which review of yours.' })
  declare reviewId: string;

  @Field(() => Int, { nullable: true, description: 'From 1, bad, to 5, excellent.' })
  declare rating?: number | null;

  @Field(() => String, { nullable: true, description: 'In your words, at most 3,000 characters; it is public.' })
  declare text?: string | null;
}

@InputType({ description: 'Which review to delete.' })
export class DeleteReviewInput {
  @Field(() => ID, { description: 'Which review of yours.' })
  declare reviewId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your new review.' })
export class ReviewTutorPayload {
  @Field(() => ReviewType, { nullable: true, description: 'The review; null when it was refused.' })
  declare review?: ReviewType | null;

  @Field(() => TutorType, { nullable: true, description: 'The tutor with the new rating; null when it was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [ReviewError], {
    description:
      'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_YOUR_BOOKING, BOOKING_NOT_COMPLETED, ALREADY_REVIEWED.',
  })
  declare userErrors: ReviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your review after the change.' })
export class UpdateReviewPayload {
  @Field(() => ReviewType, { nullable: true, description: 'The review; null when the change was refused.' })
  declare review?: ReviewType | null;

  @Field(() => TutorType, { nullable: true, description: 'The tutor with the new rating; null when it was refused.' })
  declare tutor?: TutorType | null;

  @Field(() => [ReviewError], { description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_YOUR_REVIEW.' })
  declare userErrors: ReviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
export class DeleteReviewPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the review that is gone; null when it is not.' })
  declare deletedReviewId?: string | null;

  @Field(() => TutorType, {
    nullable: true,
    description: 'The tutor with the new rating; null when nothing was deleted.',
  })
  declare tutor?: TutorType | null;

  @Field(() => [ReviewError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_REVIEW.' })
  declare userErrors: ReviewError[];
}
