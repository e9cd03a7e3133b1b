import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ReviewService } from './review.service.js';
import {
  DeleteReviewInput,
  DeleteReviewPayload,
  ReviewError,
  ReviewTutorInput,
  ReviewTutorPayload,
  UpdateReviewInput,
  UpdateReviewPayload,
} from './review.types.js';

/** Writing reviews. */
@Resolver()
export class ReviewResolver {
  constructor(private readonly reviews: ReviewService) {}

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
  @Mutation(() => UpdateReviewPayload, { nullable: true, description: 'Changes a review of yours.' })
  updateReview(
    @Arg('input', () => UpdateReviewInput, { description: 'What to change.' }) input: UpdateReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, () => this.reviews.update(context, input));
  }

  @Requires('marketplace.reviews.write')
  @Mutation(() => DeleteReviewPayload, {
    nullable: true,
    description: 'Deletes a review of yours; the booking may be reviewed anew.',
  })
  deleteReview(
    @Arg('input', () => DeleteReviewInput, { description: 'Which review.' }) input: DeleteReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ReviewError, () => this.reviews.delete(context, input));
  }
}
