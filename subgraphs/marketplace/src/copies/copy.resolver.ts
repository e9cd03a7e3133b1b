import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { CopyService } from './copy.service.js';
import { CopyArguments, OrderCopy, TutorCopy } from './copy.types.js';
import { ApplicationCopy, BookingCopy, ReviewCopy } from './deal-copy.types.js';

const TELLS = 'in the order of their ids: by ids, or page by page. For our services only.';

/** The market, for other rooms of ours that keep a copy of it to search in. */
@Resolver()
export class CopyResolver {
  constructor(private readonly copies: CopyService) {}

  @ServiceOnly('tutorCopies')
  @Directive('@inaccessible')
  @Query(() => [TutorCopy], { nullable: true, description: `Tutors with all they offer, hidden ones too, ${TELLS}` })
  tutorCopies(@Args(() => CopyArguments) asked: CopyArguments, @Ctx() { em }: RequestContext): Promise<TutorCopy[]> {
    return this.copies.find(em, 'tutors', asked);
  }

  @ServiceOnly('orderCopies')
  @Directive('@inaccessible')
  @Query(() => [OrderCopy], { nullable: true, description: `Orders, closed ones too, ${TELLS}` })
  orderCopies(@Args(() => CopyArguments) asked: CopyArguments, @Ctx() { em }: RequestContext): Promise<OrderCopy[]> {
    return this.copies.find(em, 'orders', asked);
  }

  @ServiceOnly('applicationCopies')
  @Directive('@inaccessible')
  @Query(() => [ApplicationCopy], { nullable: true, description: `Applications, decided ones too, ${TELLS}` })
  applicationCopies(
    @Args(() => CopyArguments) asked: CopyArguments,
    @Ctx() { em }: RequestContext,
  ): Promise<ApplicationCopy[]> {
    return this.copies.find(em, 'applications', asked);
  }

  @ServiceOnly('bookingCopies')
  @Directive('@inaccessible')
  @Query(() => [BookingCopy], { nullable: true, description: `Bookings that were agreed, ${TELLS}` })
  bookingCopies(
    @Args(() => CopyArguments) asked: CopyArguments,
    @Ctx() { em }: RequestContext,
  ): Promise<BookingCopy[]> {
    return this.copies.find(em, 'bookings', asked);
  }

  @ServiceOnly('reviewCopies')
  @Directive('@inaccessible')
  @Query(() => [ReviewCopy], { nullable: true, description: `Reviews that are published, ${TELLS}` })
  reviewCopies(@Args(() => CopyArguments) asked: CopyArguments, @Ctx() { em }: RequestContext): Promise<ReviewCopy[]> {
    return this.copies.find(em, 'reviews', asked);
  }
}
