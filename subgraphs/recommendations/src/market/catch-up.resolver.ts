import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { CatchUp } from './catch-up.entity.js';
import type { CatchUpService } from './catch-up.service.js';
import { CatchUpMarketPayload, MarketCatchUpType } from './catch-up.types.js';

/** How this room's copy of the market is brought up to date as a whole. */
@Resolver(() => MarketCatchUpType)
export class CatchUpResolver {
  constructor(private readonly service: CatchUpService) {}

  @Requires('recommendations.market.manage')
  @Query(() => MarketCatchUpType, {
    nullable: true,
    description: 'The last time that recommendations copied the whole market; null when they never did.',
  })
  marketCatchUp(@Ctx() context: RequestContext): Promise<CatchUp | null> {
    return this.service.last(context);
  }

  @Requires('recommendations.market.manage')
  @Mutation(() => CatchUpMarketPayload, {
    nullable: true,
    description:
      'Has recommendations copy the whole market, as every week; events keep it up to date otherwise. May be repeated.',
  })
  catchUpMarket(@Ctx() context: RequestContext) {
    return answer(context, RecommendationError, () => this.service.begin(context));
  }
}
