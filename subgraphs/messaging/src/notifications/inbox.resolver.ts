import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, Int, Query, Resolver } from 'type-graphql';
import type { InboxService } from './inbox.service.js';

/** Somebody's own notifications. */
@Resolver()
export class InboxResolver {
  constructor(private readonly inbox: InboxService) {}

  @SignedIn()
  @Query(() => Int, { nullable: true, description: 'How many of your notifications you have not read.' })
  async unreadNotificationCount(@Ctx() context: RequestContext): Promise<number> {
    return this.inbox.countUnread(context);
  }
}
