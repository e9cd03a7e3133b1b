import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { findMember, mayModerate, type RoomAccess } from '../chat-members/membership.js';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberRead, chatMessagePinned, chatMessageReacted } from '../events.js';
import {
  advanceReading,
  countPins,
  deletePin,
  deleteReaction,
  insertPin,
  insertReaction,
  reactionKinds,
} from './chat-mark.repository.js';
import type { ChatMessage } from './chat-message.entity.js';
import { isOneEmoji, MOST_PINS, MOST_REACTION_KINDS, reaction, readUpTo, whichMessage } from './chat-message.rules.js';
import { assertThere, assertWritable, changeMessage, recordChange, WHICH_MESSAGE } from './message-change.js';

/** What people put to messages: reactions, pins, and how far they have read. Each may be repeated. */
export class MessageMarkService {
  /** @throws Refusal INVALID_INPUT, NOT_FOUND, MESSAGE_DELETED, ROOM_CLOSED, BLOCKED, TOO_MANY_REACTIONS */
  async react(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId, emoji } = acceptReaction(context, input);
    const { userId } = context.user;
    return changeMessage(context, messageId, async ({ tx, access, message }) => {
      assertThere(message);
      await assertWritable(tx, access, userId, WHICH_MESSAGE);
      const kinds = await reactionKinds(tx, messageId);
      if (!kinds.has(emoji) && kinds.size >= MOST_REACTION_KINDS) {
        throw new Refusal<MessagingErrorCode>('TOO_MANY_REACTIONS', ['input', 'emoji']);
      }
      if (await insertReaction(tx, { messageId, userId, emoji })) recordChange(tx, message, chatMessageReacted);
    });
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND */
  async takeBack(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId, emoji } = acceptReaction(context, input);
    const { userId } = context.user;
    return changeMessage(context, messageId, async ({ tx, message }) => {
      if (await deleteReaction(tx, { messageId, userId, emoji })) recordChange(tx, message, chatMessageReacted);
    });
  }

  /** Keeps a message in view. @throws Refusal NOT_FOUND, MESSAGE_DELETED, NOT_A_MODERATOR, TOO_MANY_PINS */
  async pin(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId } = accept(whichMessage, input, context.locale);
    const { userId } = context.user;
    return changeMessage(context, messageId, async ({ tx, access, message }) => {
      assertThere(message);
      assertPins(context, access);
      const isNew = await insertPin(tx, { messageId, roomId: access.room.id, userId });
      if (!isNew) return;
      if ((await countPins(tx, access.room.id)) > MOST_PINS) {
        throw new Refusal<MessagingErrorCode>('TOO_MANY_PINS', WHICH_MESSAGE);
      }
      recordChange(tx, message, chatMessagePinned);
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_A_MODERATOR */
  async unpin(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId } = accept(whichMessage, input, context.locale);
    return changeMessage(context, messageId, async ({ tx, access, message }) => {
      assertPins(context, access);
      if (await deletePin(tx, messageId)) recordChange(tx, message, chatMessagePinned);
    });
  }

  /** Notes how far the viewer has read a room; never backwards. @throws Refusal INVALID_INPUT, NOT_FOUND */
  async read(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, sequence } = accept(readUpTo, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const reached = await advanceReading(tx, { roomId, userId, sequence });
      if (reached !== null) {
        recordEvent(tx, chatMemberRead.create({ subject: userId, data: { roomId, userId, sequence: reached } }));
      }
      return ownRoom(tx, roomId, userId);
    });
  }
}

async function ownRoom(tx: EntityManager, roomId: string, userId: string): Promise<ChatRoom> {
  const member = await findMember(tx, roomId, userId);
  if (!member) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'roomId']);
  return tx.findOneOrFail(ChatRoom, { id: roomId });
}

function acceptReaction(context: RequestContext, input: unknown): { messageId: string; emoji: string } {
  const accepted = accept(reaction, input, context.locale);
  if (!isOneEmoji(accepted.emoji)) throw new Refusal<MessagingErrorCode>('INVALID_INPUT', ['input', 'emoji']);
  return accepted;
}

/** Who moderates pins; between two people, both do. */
function assertPins(context: RequestContext, access: RoomAccess): void {
  if (access.room.kind === 'DIRECT' ? access.member : mayModerate(context, access)) return;
  throw new Refusal<MessagingErrorCode>('NOT_A_MODERATOR', WHICH_MESSAGE);
}
