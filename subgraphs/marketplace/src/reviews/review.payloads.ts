import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { TutorType } from '../tutors/tutor.types.js';
import { ReviewError } from './review.errors.js';
import { ReviewType } from './review.types.js';

/** What a review may say besides the overall rating. */
@InputType()
abstract class ReviewDetailsInput {
  @Field(() => Int, { nullable: true, description: 'How clearly things are explained, 1 to 5.' })
  declare clarity?: number | null;

  @Field(() => Int, { nullable: true, description: 'How well lessons are prepared, 1 to 5.' })
  declare preparation?: number | null;

  @Field(() => Int, { nullable: true, description: 'How well you get on, 1 to 5.' })
  declare progress?: number | null;

  @Field(() => Int, { nullable: true, description: 'How safe you feel with mistakes, 1 to 5.' })
  declare reassurance?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'In your words, at most 3,000 characters; public unless it holds contacts or insults.',
  })
  declare text?: string | null;
}

@InputType({ description: 'Your review of a lesson.' })
export class ReviewTutorInput extends ReviewDetailsInput {
  @Field(() => ID, { description: 'Which completed booking of yours.' })
  declare bookingId: string;

  @Field(() => Int, { description: 'From 1, bad, to 5, excellent.' })
  declare rating: number;
}

@InputType({ description: 'What to change in your review: what is left out stays, null clears what may be empty.' })
export class UpdateReviewInput extends ReviewDetailsInput {
  @Field(() => ID, { description: 'Which review of yours.' })
  declare reviewId: string;

  @Field(() => Int, { nullable: true, description: 'From 1, bad, to 5, excellent.' })
  declare rating?: number | null;
}

@InputType({ description: 'Which review to delete.' })
export class DeleteReviewInput {
  @Field(() => ID, { description: 'Which review of yours.' })
  declare reviewId: string;
}

@InputType({ description: 'Your answer to a review.' })
export class AnswerReviewInput {
  @Field(() => ID, { description: 'Which review of your lessons.' })
  declare reviewId: string;

  @Field(() => String, {
    description: 'Your answer, 1 to 2,000 characters; public unless it holds contacts or insults.',
  })
  declare text: string;
}

@InputType({ description: 'What your answer to a review is to say from now on.' })
export class UpdateReviewAnswerInput extends AnswerReviewInput {}

@InputType({ description: 'Which answer of yours to remove.' })
export class DeleteReviewAnswerInput {
  @Field(() => ID, { description: 'The review that you answered.' })
  declare reviewId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your new review.' })
export class ReviewTutorPayload {
  @Field(() => ReviewType, {
    nullable: true,
    description: 'The review; null when it was refused. See its `state`: it may have to wait for staff.',
  })
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

  @Field(() => [ReviewError], {
    description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_YOUR_REVIEW, REVIEW_TOO_OLD.',
  })
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

@ObjectType({ simpleResolvers: true, description: 'The review with your answer.' })
export class AnswerReviewPayload {
  @Field(() => ReviewType, { nullable: true, description: 'The review; null when the answer was refused.' })
  declare review?: ReviewType | null;

  @Field(() => [ReviewError], {
    description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_ABOUT_YOU, ALREADY_ANSWERED.',
  })
  declare userErrors: ReviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The review with your changed answer.' })
export class UpdateReviewAnswerPayload {
  @Field(() => ReviewType, { nullable: true, description: 'The review; null when the change was refused.' })
  declare review?: ReviewType | null;

  @Field(() => [ReviewError], {
    description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_ABOUT_YOU, NO_ANSWER.',
  })
  declare userErrors: ReviewError[];
}

@ObjectType({ simpleResolvers: true, description: 'The review without your answer.' })
export class DeleteReviewAnswerPayload {
  @Field(() => ReviewType, { nullable: true, description: 'The review; null when nothing was removed.' })
  declare review?: ReviewType | null;

  @Field(() => [ReviewError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_ABOUT_YOU, NO_ANSWER.' })
  declare userErrors: ReviewError[];
}
