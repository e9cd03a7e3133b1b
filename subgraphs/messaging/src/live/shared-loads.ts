import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import DataLoader from 'dataloader';
import { ChatMember } from '../chat-members/chat-member.entity.js';
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

interface Membership {
  roomId: string;
  userId: string;
}

/** Long enough that all who hear of an event share one look, short enough that nothing gathers. */
const SHARED_MS = 2_000;
const MOST_AT_ONCE = 1_000;

/**
 * Loads for all subscriptions of this process what they hear of at the same time: a thousand people in one room cost as
 * many statements as one. What is shared was read after the event happened, so that it is never older than that.
 */
export class SharedLoads {
  private readonly loading = new Map<string, Promise<LoadedMessage | null>>();
  private readonly memberships: DataLoader<Membership, boolean, string>;

  constructor(private readonly em: EntityManager) {
    this.memberships = new DataLoader<Membership, boolean, string>((asked) => this.findMembers(asked), {
      cache: false,
      maxBatchSize: MOST_AT_ONCE,
      // What one event wakes is asked for at once.
      batchScheduleFn: (run) => setImmediate(run),
    });
  }

  /** Does somebody belong to a room at this moment? */
  isMember(roomId: string, userId: string): Promise<boolean> {
    return this.memberships.load({ roomId, userId });
  }

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

  private async findMembers(asked: readonly Membership[]): Promise<boolean[]> {
    const found = await this.em.fork().find(
      ChatMember,
      {
        roomId: { $in: [...new Set(asked.map(({ roomId }) => roomId))] },
        userId: { $in: [...new Set(asked.map(({ userId }) => userId))] },
        endedAt: null,
      },
      { fields: ['roomId', 'userId'] },
    );
    const members = new Set(found.map(({ roomId, userId }) => `${roomId} ${userId}`));
    return asked.map(({ roomId, userId }) => members.has(`${roomId} ${userId}`));
  }
}
