import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { ChatPin, ChatReaction } from './chat-mark.entity.js';

interface OwnReaction {
  messageId: string;
  userId: string;
  emoji: string;
}

/** Which emoji are under a message. */
export async function reactionKinds(tx: EntityManager, messageId: string): Promise<Set<string>> {
  const { rows } = await sql<{ emoji: string }>`
    select distinct emoji from messaging.chat_reactions where message_id = ${messageId}`.execute(tx.getKysely());
  return new Set(rows.map(({ emoji }) => emoji));
}

/** @returns false when it was there already */
export async function insertReaction(tx: EntityManager, { messageId, userId, emoji }: OwnReaction): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into messaging.chat_reactions (message_id, user_id, emoji, created_at)
    values (${messageId}, ${userId}, ${emoji}, now()) on conflict do nothing`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

/** @returns false when there was none */
export async function deleteReaction(tx: EntityManager, reaction: OwnReaction): Promise<boolean> {
  return (await tx.nativeDelete(ChatReaction, reaction)) === 1;
}

/** @returns false when it was pinned already */
export async function insertPin(
  tx: EntityManager,
  { messageId, roomId, userId }: { messageId: string; roomId: string; userId: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into messaging.chat_pins (message_id, room_id, pinned_by, pinned_at)
    values (${messageId}, ${roomId}, ${userId}, now()) on conflict do nothing`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

/** How many messages a room keeps in view. */
export function countPins(tx: EntityManager, roomId: string): Promise<number> {
  return tx.count(ChatPin, { roomId });
}

/** @returns false when it was not pinned */
export async function deletePin(tx: EntityManager, messageId: string): Promise<boolean> {
  return (await tx.nativeDelete(ChatPin, { messageId })) === 1;
}

/**
 * Moves on how far a member has read, to the room's last message at most.
 *
 * @returns how far that is now; null when it did not change, or the person is no member
 */
export async function advanceReading(
  tx: EntityManager,
  { roomId, userId, sequence }: { roomId: string; userId: string; sequence: number },
): Promise<number | null> {
  if (!isId(roomId)) return null;
  const { rows } = await sql<{ reached: string }>`
    update messaging.chat_members m
       set last_read_sequence = least(${sequence}::bigint, r.last_sequence), last_read_at = now()
      from messaging.chat_rooms r
     where m.room_id = ${roomId} and m.user_id = ${userId} and m.ended_at is null and r.id = m.room_id
       and m.last_read_sequence < least(${sequence}::bigint, r.last_sequence)
    returning m.last_read_sequence as reached`.execute(tx.getKysely());
  return rows[0] ? Number(rows[0].reached) : null;
}
