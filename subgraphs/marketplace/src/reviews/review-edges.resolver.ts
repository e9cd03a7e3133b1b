import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Booking } from '../bookings/booking.entity.js';
import { BookingType } from '../bookings/booking.types.js';
import { UserReference } from '../people/user.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Review } from './review.entity.js';
import { ReviewConnection, ReviewType } from './review.types.js';
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
}

/** Reviews below the tutor. */
@Resolver(() => TutorType)
export class TutorReviewsResolver {
  constructor(private readonly service: ReviewEdgesService) {}

  @FieldResolver(() => ReviewConnection, { description: 'What students say, the newest first.' })
  reviews(
    @Root() tutor: Tutor,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Review>> {
    return this.service.ofTutor(context, tutor, page);
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
