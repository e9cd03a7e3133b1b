import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AnswerService } from './answer.service.js';
import { ReviewError } from './review.errors.js';
import {
  AnswerReviewInput,
  AnswerReviewPayload,
  DeleteReviewAnswerInput,
  DeleteReviewAnswerPayload,
  DeleteReviewInput,
  DeleteReviewPayload,
  ReviewTutorInput,
  ReviewTutorPayload,
  UpdateReviewAnswerInput,
  UpdateReviewAnswerPayload,
  UpdateReviewInput,
  UpdateReviewPayload,
} from './review.payloads.js';
import type { ReviewService } from './review.service.js';

/** Writing reviews and answering them. */
@Resolver()
export class ReviewResolver {
  constructor(
    private readonly reviews: ReviewService,
    private readonly answers: AnswerService,
  ) {}

  @Requires('marketplace.reviews.write')
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => ReviewTutorPayload, {
    nullable: true,
    description: 'Reviews a tutor after a completed booking of yours; one review a booking.',
  })
  reviewTutor(
    @Arg('input', () => ReviewTutorInput, { description: 'Your review.' }) input: ReviewTutorInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, () => this.reviews.post(context, input));
  }

  @Requires('marketplace.reviews.write')
  @Mutation(() => UpdateReviewPayload, {
    nullable: true,
    description: 'Changes a review of yours within 14 days of writing it.',
  })
  updateReview(
    @Arg('input', () => UpdateReviewInput, { description: 'What to change.' }) input: UpdateReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, () => this.reviews.update(context, input));
  }

  @Requires('marketplace.reviews.write')
  @Mutation(() => DeleteReviewPayload, {
    nullable: true,
    description: 'Deletes a review of yours, at any time; the booking may be reviewed anew.',
  })
  deleteReview(
    @Arg('input', () => DeleteReviewInput, { description: 'Which review.' }) input: DeleteReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, () => this.reviews.delete(context, input));
  }
  @Requires('marketplace.profiles.own')
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => AnswerReviewPayload, {
    nullable: true,
    description: 'Answers a review of your lessons, once; the answer is shown below it.',
  })
  answerReview(
    @Arg('input', () => AnswerReviewInput, { description: 'Your answer.' }) input: AnswerReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, async () => ({ review: await this.answers.answer(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => UpdateReviewAnswerPayload, { nullable: true, description: 'Changes your answer to a review.' })
  updateReviewAnswer(
    @Arg('input', () => UpdateReviewAnswerInput, { description: 'What it is to say.' }) input: UpdateReviewAnswerInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, async () => ({ review: await this.answers.change(context, input) }));
  }

  @Requires('marketplace.profiles.own')
  @Mutation(() => DeleteReviewAnswerPayload, { nullable: true, description: 'Removes your answer to a review.' })
  deleteReviewAnswer(
    @Arg('input', () => DeleteReviewAnswerInput, { description: 'Which answer.' }) input: DeleteReviewAnswerInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, async () => ({ review: await this.answers.remove(context, input) }));
  }
}
