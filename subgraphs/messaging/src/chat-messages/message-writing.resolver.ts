import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { ChatMessagePayload, SendMessageInput } from './chat-message.payloads.js';
import type { MessageSendingService } from './message-sending.service.js';

/** Messages as they are written. */
@Resolver()
export class MessageWritingResolver {
  constructor(private readonly sending: MessageSendingService) {}

  @SignedIn()
  @Mutation(() => ChatMessagePayload, {
    nullable: true,
    description:
      'Writes a message in a room. Refused with ROOM_CLOSED, BLOCKED, TOO_MANY_MESSAGES, SPAM_REFUSED, UPLOAD_NOT_FOUND and UPLOAD_NOT_USABLE.',
  })
  sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'Where, and what.' }) input: SendMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ message: await this.sending.send(context, input) }));
  }
}
