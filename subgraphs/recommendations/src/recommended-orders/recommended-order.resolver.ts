import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { OrderRecommendationPage, RecommendedOrderService } from './recommended-order.service.js';
import { OrderRecommendationConnection } from './recommended-order.types.js';

/** Orders that are worth answering, in the graph. */
@Resolver(() => OrderRecommendationConnection)
export class RecommendedOrderResolver {
  constructor(private readonly service: RecommendedOrderService) {}

  @FieldResolver(() => ID, {
    description: 'Names this list; send it with what you open of it, as `recordOpening` wants it.',
  })
  requestId(@Root() { requestId }: OrderRecommendationPage): string {
    return requestId;
  }

  @FieldResolver(() => Boolean, {
    description: 'Did something fail, so that this is only a sensible list, made without texts or without the model?',
  })
  degraded(@Root() { degraded }: OrderRecommendationPage): boolean {
    return degraded;
  }

  @SignedIn()
  @Limited({ viewer: { points: 120, seconds: 60 } })
  @Query(() => OrderRecommendationConnection, {
    nullable: true,
    description:
      'Open orders that you should answer as a tutor: those first where you are likely to be chosen and that fit you best. Not among them: your own, and those that you have answered. Empty without a profile that is shown.',
  })
  recommendedOrders(
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 when it is not given.' })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Only orders after this cursor.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<OrderRecommendationPage> {
    return this.service.forViewer(context, { first, after });
  }
}
