import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { SetTypingInput, SetTypingPayload } from '../chat-messages/chat-message.payloads.js';
import { MessagingError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { Typing, TypingService } from './typing.service.js';
import { TypingChangedEvent } from './typing.types.js';

interface Start {
  args: { roomId: string };
  context: RequestContext;
}

/** Who is writing. */
@Resolver(() => TypingChangedEvent)
export class TypingResolver {
  constructor(readonly service: TypingService) {}

  @SignedIn()
  @Limited({ viewer: { points: 120, seconds: 60 } })
  @Mutation(() => SetTypingPayload, {
    nullable: true,
    description: 'Tells the others in a room that you are writing; again every few seconds while you do.',
  })
  setTyping(
    @Arg('input', () => SetTypingInput, { description: 'In which room.' }) input: SetTypingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => {
      await this.service.tell(context, input.roomId);
      return {};
    });
  }

  @SignedIn()
  @Subscription(() => TypingChangedEvent, {
    nullable: true,
    description:
      'Who else is writing in a room that you are a member of. The first message is null: you are listening. It ends with FORBIDDEN as soon as you do not belong to the room any longer.',
    subscribe: ({ args, context }: Start) => context.resolver(TypingResolver).service.watch(context, args.roomId),
  })
  async typingChanged(
    @Root() typing: Typing | null,
    @Arg('roomId', () => ID, { description: 'Which room.' }) roomId: string,
    @Ctx() context: RequestContext,
  ): Promise<Typing | null> {
    await this.service.assertHears(context, roomId);
    return typing;
  }

  @FieldResolver(() => UserReference, { description: 'Who is writing.' })
  user(@Root() { userId: id }: Typing): UserReference {
    return { id };
  }
}
