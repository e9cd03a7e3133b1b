import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { RoomLiveService } from './room-live.service.js';
import { RoomChangedEvent } from './room-live.types.js';

interface Start {
  args: { roomId?: string | null; after?: string | null };
  context: RequestContext;
}

/** Chat rooms that people watch live. */
@Resolver()
export class RoomLiveResolver {
  constructor(readonly service: RoomLiveService) {}

  @SignedIn()
  @Subscription(() => RoomChangedEvent, {
    nullable: true,
    description:
      'Changes of your chat rooms: new messages with your unread count, members, read receipts (in rooms of at most 50), titles, pins; rooms that you come into and leave. With an id, of that room only, which ends with FORBIDDEN as soon as you do not belong to it any longer; staff may watch what it may see.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(RoomLiveResolver).service.watch(context, args.roomId, args.after),
  })
  async roomChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('roomId', () => ID, { nullable: true, description: 'Which room; all of your own without it.' })
    roomId: string | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last message that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, ...(await this.service.changed(context, roomId, event)) };
  }
}
