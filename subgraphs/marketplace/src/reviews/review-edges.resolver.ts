import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import type { Booking } from '../bookings/booking.entity.js';
import { BookingType } from '../bookings/booking.types.js';
import { ModerationCaseType } from '../moderation/moderation.types.js';
import type { ModerationCase } from '../moderation/moderation-case.entity.js';
import { UserReference } from '../people/user.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Review } from './review.entity.js';
import { ReviewAnswerType, ReviewConnection, ReviewSignal, ReviewSummary, ReviewType } from './review.types.js';
import type { ReviewAnswer } from './review-answer.entity.js';
import type { ReviewEdgesService } from './review-edges.service.js';

/** What a review refers to. */
@Resolver(() => ReviewType)
export class ReviewEdgesResolver {
  constructor(private readonly service: ReviewEdgesService) {}

  @FieldResolver(() => TutorType, { description: 'Who was reviewed.' })
  tutor(@Root() review: Review, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.service.tutor(context, review);
  }

  @FieldResolver(() => SubjectType, { description: 'What was taught.' })
  subject(@Root() review: Review, @Ctx() context: RequestContext): Promise<Subject | null> {
    return this.service.subject(context, review);
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who wrote it; null unless it is you, you are the tutor, or staff.',
  })
  async author(@Root() review: Review, @Ctx() context: RequestContext): Promise<UserReference | null> {
    const id = await this.service.author(context, review);
    return id === null ? null : { id };
  }

  @FieldResolver(() => BookingType, {
    nullable: true,
    description: 'The booking that was reviewed; null unless you are one of its two people or staff.',
  })
  booking(@Root() review: Review, @Ctx() context: RequestContext): Promise<Booking | null> {
    return this.service.booking(context, review);
  }

  @FieldResolver(() => ReviewAnswerType, {
    nullable: true,
    description: 'What the tutor answers; null without an answer.',
  })
  answer(@Root() review: Review, @Ctx() context: RequestContext): Promise<ReviewAnswer | null> {
    return this.service.answer(context, review);
  }

  @FieldResolver(() => ModerationCaseType, {
    nullable: true,
    description: 'The newest moderation case about it; null without one, or unless you wrote it or moderate.',
  })
  moderationCase(@Root() review: Review, @Ctx() context: RequestContext): Promise<ModerationCase | null> {
    return this.service.moderationCase(context, review);
  }

  @FieldResolver(() => [ReviewSignal], {
    nullable: true,
    description: 'What speaks for a review that was not meant honestly; null unless you moderate, or not weighed yet.',
  })
  signals(@Root() review: Review, @Ctx() context: RequestContext): ReviewSignal[] | null {
    return this.service.signals(context, review);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'All signals together, 0 to 1; null unless you moderate, or not weighed yet.',
  })
  suspicion(@Root() review: Review, @Ctx() context: RequestContext): number | null {
    return this.service.suspicion(context, review);
  }
}

/** What a review's answer refers to. */
@Resolver(() => ReviewAnswerType)
export class ReviewAnswerResolver {
  constructor(private readonly service: ReviewEdgesService) {}

  @FieldResolver(() => ModerationCaseType, {
    nullable: true,
    description: 'The newest moderation case about it; null without one, or unless you wrote it or moderate.',
  })
  moderationCase(@Root() answer: ReviewAnswer, @Ctx() context: RequestContext): Promise<ModerationCase | null> {
    return this.service.caseOfAnswer(context, answer);
  }
}

/** Reviews below the tutor. */
@Resolver(() => TutorType)
export class TutorReviewsResolver {
  constructor(private readonly service: ReviewEdgesService) {}

  @FieldResolver(() => ReviewConnection, {
    description: 'What students say and is published, and what you said yourself, the newest first.',
  })
  reviews(
    @Root() tutor: Tutor,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Review>> {
    return this.service.ofTutor(context, tutor, page);
  }

  @FieldResolver(() => ReviewSummary, { description: 'What the published reviews add up to.' })
  reviewSummary(@Root() tutor: Tutor, @Ctx() context: RequestContext): Promise<ReviewSummary> {
    return this.service.summary(context, tutor);
  }
}

/** The review below its booking. */
@Resolver(() => BookingType)
export class BookingReviewResolver {
  constructor(private readonly service: ReviewEdgesService) {}

  @FieldResolver(() => ReviewType, { nullable: true, description: 'The review of it; null while there is none.' })
  review(@Root() booking: Booking, @Ctx() context: RequestContext): Promise<Review | null> {
    return this.service.ofBooking(context, booking);
  }
}
