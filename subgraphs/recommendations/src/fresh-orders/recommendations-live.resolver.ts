import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { RecommendationsLiveService } from './recommendations-live.service.js';
import { RecommendationsChangedEvent } from './recommendations-live.types.js';

interface Start {
  args: { orderId: string; after?: string | null };
  context: RequestContext;
}

/** Recommendations that people watch live. */
@Resolver(() => RecommendationsChangedEvent)
export class RecommendationsLiveResolver {
  constructor(readonly service: RecommendationsLiveService) {}

  @SignedIn()
  @Subscription(() => RecommendationsChangedEvent, {
    nullable: true,
    description:
      'Tells when others are among the first ten tutors for an order of yours (of any, for staff) than before, some moments after it happens. It ends as soon as the order is not open any longer, and 14 days after it was posted.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(RecommendationsLiveResolver).service.watch(context, args.orderId, args.after),
  })
  async recommendationsChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('orderId', () => ID, { description: 'The order.' }) orderId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, order: await this.service.heard(context, orderId, event) };
  }
}
