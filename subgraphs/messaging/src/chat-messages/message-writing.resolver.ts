import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import {
  DeleteMessageInput,
  DeleteMessagePayload,
  EditMessageInput,
  EditMessagePayload,
  SendMessageInput,
  SendMessagePayload,
} from './chat-message.payloads.js';
import type { MessageEditingService } from './message-editing.service.js';
import type { MessageSendingService } from './message-sending.service.js';

/** Messages as they are written. */
@Resolver()
export class MessageWritingResolver {
  constructor(
    private readonly sending: MessageSendingService,
    private readonly editing: MessageEditingService,
  ) {}

  @SignedIn()
  @Mutation(() => SendMessagePayload, { nullable: true, description: 'Writes a message in a room.' })
  sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'Where, and what.' }) input: SendMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.sending.send(context, input) }));
  }

  @SignedIn()
  @Mutation(() => EditMessagePayload, {
    nullable: true,
    description: 'Gives your message another text, within 24 hours of writing it.',
  })
  editMessage(
    @Arg('input', () => EditMessageInput, { description: 'Which one, and what it is to say.' }) input: EditMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.editing.edit(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DeleteMessagePayload, {
    nullable: true,
    description:
      'Deletes your message, or, as a moderator, any; its place stays. What it said is gone for good, and its files are a few minutes later.',
  })
  deleteMessage(
    @Arg('input', () => DeleteMessageInput, { description: 'Which one.' }) input: DeleteMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.editing.delete(context, input) }));
  }
}
