import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockKnownRoom, lockReadableRoom, type RoomAccess } from '../chat-members/membership.js';
import { peopleOf } from '../chat-rooms/unique-key.js';
import type { MessagingErrorCode } from '../errors.js';
import type { chatMessagePinned, chatMessageReacted } from '../events.js';
import { isBlockedBetween } from '../moderation/blocks.js';
import type { ChatMessage } from './chat-message.entity.js';
import { findFresh, findRoomOf } from './chat-message.repository.js';

/** Where a message is named in an input. */
export const WHICH_MESSAGE = ['input', 'messageId'];

/** A message whose room is locked, as it is at this moment. */
export interface LockedMessage {
  tx: EntityManager;
  access: RoomAccess;
  message: ChatMessage;
}

/** Whose rooms are meant: those that the viewer may read, or all that they may know of, as who moderates may. */
export type Reach = 'readable' | 'known';

/**
 * Changes a message in a transaction that holds its room's lock.
 *
 * @throws Refusal NOT_FOUND when the viewer does not reach its room
 */
export async function changeMessage(
  context: RequestContext,
  messageId: string,
  work: (locked: LockedMessage) => Promise<void>,
  reach: Reach = 'readable',
): Promise<ChatMessage> {
  const roomId = await roomOf(context, messageId);
  return transaction(context.em, async (tx) => {
    const lock = reach === 'known' ? lockKnownRoom : lockReadableRoom;
    const access = await lock(context, tx, roomId, WHICH_MESSAGE);
    const message = await findFresh(tx, messageId);
    if (!message) throw new Refusal<MessagingErrorCode>('NOT_FOUND', WHICH_MESSAGE);
    await work({ tx, access, message });
    return message;
  });
}

/** The room of a message. @throws Refusal NOT_FOUND */
export async function roomOf(context: RequestContext, messageId: string): Promise<string> {
  const roomId = await findRoomOf(context.em, messageId);
  if (!roomId) throw new Refusal<MessagingErrorCode>('NOT_FOUND', WHICH_MESSAGE);
  return roomId;
}

/** May something be written in a room at all? @throws Refusal ROOM_CLOSED, BLOCKED */
export async function assertWritable(
  tx: EntityManager,
  { room }: RoomAccess,
  userId: string,
  field: readonly string[],
): Promise<void> {
  if (room.closedAt) throw new Refusal<MessagingErrorCode>('ROOM_CLOSED', field);
  if (room.kind !== 'DIRECT') return;
  const other = peopleOf(room).find((id) => id !== userId);
  if (other && (await isBlockedBetween(tx, userId, other))) throw new Refusal<MessagingErrorCode>('BLOCKED', field);
}

/** @throws Refusal MESSAGE_DELETED */
export function assertThere({ deletedAt }: ChatMessage): void {
  if (deletedAt) throw new Refusal<MessagingErrorCode>('MESSAGE_DELETED', WHICH_MESSAGE);
}

/** An event of what lies around a message. */
type MessageEvent = typeof chatMessageReacted | typeof chatMessagePinned;

/** Tells whoever listens that what lies around a message changed; triggers tell devices that ask later. */
export function recordChange(tx: EntityManager, message: ChatMessage, event: MessageEvent): void {
  const { id, roomId, sequence, authorId = null } = message;
  recordEvent(tx, event.create({ subject: id, data: { roomId, sequence, authorId } }));
}
