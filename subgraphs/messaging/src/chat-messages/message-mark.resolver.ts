import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import {
  AddReactionInput,
  MarkRoomReadInput,
  MarkRoomReadPayload,
  PinMessageInput,
  PinPayload,
  ReactionPayload,
  RemoveReactionInput,
  UnpinMessageInput,
} from './chat-message.payloads.js';
import type { MessageMarkService } from './message-mark.service.js';

/** What people put to messages. */
@Resolver()
export class MessageMarkResolver {
  constructor(private readonly marks: MessageMarkService) {}

  @SignedIn()
  @Mutation(() => ReactionPayload, { nullable: true, description: 'Puts an emoji under a message.' })
  addReaction(
    @Arg('input', () => AddReactionInput, { description: 'Under which, and what.' }) input: AddReactionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.marks.react(context, input) }));
  }

  @SignedIn()
  @Mutation(() => ReactionPayload, { nullable: true, description: 'Takes your emoji away from a message.' })
  removeReaction(
    @Arg('input', () => RemoveReactionInput, { description: 'From which, and what.' }) input: RemoveReactionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.marks.takeBack(context, input) }));
  }

  @SignedIn()
  @Mutation(() => PinPayload, {
    nullable: true,
    description: 'Keeps a message in view; for moderators of a room, and in a DIRECT room for both people.',
  })
  pinMessage(
    @Arg('input', () => PinMessageInput, { description: 'Which one.' }) input: PinMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.marks.pin(context, input) }));
  }

  @SignedIn()
  @Mutation(() => PinPayload, { nullable: true, description: 'Does not keep a message in view any longer.' })
  unpinMessage(
    @Arg('input', () => UnpinMessageInput, { description: 'Which one.' }) input: UnpinMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.marks.unpin(context, input) }));
  }

  @SignedIn()
  @Mutation(() => MarkRoomReadPayload, {
    nullable: true,
    description: 'Notes how far you have read a room, for your other devices and for those who wrote.',
  })
  markRoomRead(
    @Arg('input', () => MarkRoomReadInput, { description: 'Which room, and how far.' }) input: MarkRoomReadInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.marks.read(context, input) }));
  }
}
