import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { roomsById } from '../chat-members/membership.js';
import type { ChatAttachment, ChatMessage } from '../chat-messages/chat-message.entity.js';
import {
  attachmentsByMessage,
  chatMessagesById,
  findAttachments,
  findMessages,
  findPinned,
  findReactions,
  pinnedMessages,
  type ReactionCount,
  reactionsByMessage,
} from '../chat-messages/chat-message.repository.js';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';

/** A message with what people see of it. */
interface LoadedMessage {
  message: ChatMessage;
  room: ChatRoom | null;
  replyTo: ChatMessage | null;
  attachments: ChatAttachment[];
  reactions: ReactionCount[];
  isPinned: boolean;
}

/** Long enough that all who hear of an event share one look, short enough that nothing gathers. */
const SHARED_MS = 2_000;

/**
 * Loads for all subscriptions of this process the messages that they hear of: a thousand people in one room cost as many
 * statements as one. What is shared was read after the event happened, so that it is never older than that.
 */
export class SharedMessages {
  private readonly loading = new Map<string, Promise<LoadedMessage | null>>();

  constructor(private readonly em: EntityManager) {}

  /** The message that an event is about, with what people see of it ready in the request's loaders. */
  async message(context: RequestContext, eventId: string, messageId: string): Promise<ChatMessage | null> {
    const found = await (this.loading.get(eventId) ?? this.share(eventId, messageId));
    if (!found) return null;
    const { message, room, replyTo, attachments, reactions, isPinned } = found;
    context.loader(attachmentsByMessage).prime(message.id, attachments);
    context.loader(reactionsByMessage).prime(message.id, reactions);
    context.loader(pinnedMessages).prime(message.id, isPinned);
    if (room) context.loader(roomsById).prime(room.id, room);
    if (replyTo) context.loader(chatMessagesById).prime(replyTo.id, replyTo);
    return message;
  }

  private share(eventId: string, messageId: string): Promise<LoadedMessage | null> {
    const load = this.load(messageId);
    this.loading.set(eventId, load);
    const forget = (): void => {
      this.loading.delete(eventId);
    };
    load.catch(forget);
    setTimeout(forget, SHARED_MS).unref();
    return load;
  }

  private async load(id: string): Promise<LoadedMessage | null> {
    const em = this.em.fork();
    const message = (await findMessages(em, [id])).get(id);
    if (!message) return null;
    const [room, replyTo, attachments, reactions, pinned] = await Promise.all([
      em.findOne(ChatRoom, { id: message.roomId }),
      message.replyToId ? findMessages(em, [message.replyToId]) : undefined,
      findAttachments(em, [id]),
      findReactions(em, [id]),
      findPinned(em, [id]),
    ]);
    return {
      message,
      room,
      replyTo: replyTo?.get(message.replyToId ?? '') ?? null,
      attachments: attachments.get(id) ?? [],
      reactions: reactions.get(id) ?? [],
      isPinned: pinned.has(id),
    };
  }
}
