import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { changeOf, endedFor } from './message-live.rules.js';
import type { MessageLiveService } from './message-live.service.js';
import { MessageReceivedEvent } from './message-live.types.js';

interface Start {
  args: { roomId: string; after?: string | null };
  context: RequestContext;
}

/** Messages that people hear live. */
@Resolver(() => MessageReceivedEvent)
export class MessageLiveResolver {
  constructor(readonly service: MessageLiveService) {}

  @SignedIn({ service: 'messageReceived' })
  @Subscription(() => MessageReceivedEvent, {
    nullable: true,
    description:
      'What happens in a room that you are a member of: new messages, changed and deleted ones, reactions and pins. It ends with FORBIDDEN as soon as you do not belong to the room any longer.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(MessageLiveResolver).service.watch(context, args.roomId, args.after),
  })
  async messageReceived(
    @Root() { cursor, event }: LiveMessage,
    @Arg('roomId', () => ID, { description: 'Which room.' }) roomId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    const message = await this.service.heard(context, roomId, event);
    return { cursor, kind: message && changeOf(event), message, endedFor: endedFor(event) };
  }

  @Directive('@inaccessible')
  @FieldResolver(() => [ID], {
    description:
      'Ids of the people whose right to hear ended with this event; for our services only, empty for others.',
  })
  noLongerFor(@Root() { endedFor: ids }: { endedFor: string[] }, @Ctx() { isService }: RequestContext): string[] {
    return isService ? ids : [];
  }
}
