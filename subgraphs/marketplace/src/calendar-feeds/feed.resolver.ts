import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { FeedService } from './feed.service.js';
import { CalendarFeed, ResetCalendarFeedPayload } from './feed.types.js';

/** People's lessons and interviews for their own calendars. */
@Resolver()
export class FeedResolver {
  constructor(private readonly feeds: FeedService) {}

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Query(() => CalendarFeed, {
    nullable: true,
    description:
      'The private feed of your lessons, taught and taken, and interviews: confirmed ones, unpaid ones as tentative, cancelled ones as such, from 30 days ago on.',
  })
  async myCalendarFeed(@Ctx() context: RequestContext): Promise<CalendarFeed> {
    return { address: await this.feeds.address(context) };
  }

  @SignedIn()
  @Limited({ viewer: { points: 10, seconds: 60 * 60 } })
  @Mutation(() => ResetCalendarFeedPayload, {
    nullable: true,
    description: 'Gives your feed another address, for when somebody knows the old one. Subscribe to it anew.',
  })
  async resetCalendarFeed(@Ctx() context: RequestContext): Promise<ResetCalendarFeedPayload> {
    return { feed: { address: await this.feeds.reset(context) } };
  }
}
