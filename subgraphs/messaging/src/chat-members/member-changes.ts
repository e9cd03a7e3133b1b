import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberAdded, chatMemberRemoved } from '../events.js';
import { ChatMember } from './chat-member.entity.js';
import type { MemberEnding, MemberRole } from './chat-member.rules.js';

/** Who comes into a room, and as what. */
interface NewMembers {
  userIds: readonly string[];
  role: MemberRole;
  /** How many may belong to the room. */
  limit: number;
}

/**
 * Adds people to a room that is locked; those who belong to it already stay as they are. Two statements, however many
 * they are.
 *
 * @returns who came in
 * @throws Refusal PERSON_BANNED, ROOM_FULL
 */
export async function addMembers(
  tx: EntityManager,
  room: ChatRoom,
  { userIds, role, limit }: NewMembers,
  now: Date,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  // The room's own row may be new.
  await tx.flush();
  const isBanned = { roomId: room.id, userId: { $in: [...userIds] }, ending: 'BANNED' as const };
  if ((await tx.count(ChatMember, isBanned)) > 0) throw new Refusal<MessagingErrorCode>('PERSON_BANNED');
  const { rows } = await sql<{ user_id: string }>`
    insert into messaging.chat_members as known (room_id, user_id, role, joined_at, last_read_sequence)
    select ${room.id}, id, ${role}, ${now}, ${room.lastSequence} from unnest(${[...userIds]}::uuid[]) as id
    on conflict (room_id, user_id) do update
      set role = excluded.role, joined_at = excluded.joined_at, ended_at = null, ending = null, muted_until = null,
        last_read_sequence = excluded.last_read_sequence
      where known.ending in ('LEFT', 'REMOVED')
    returning user_id`.execute(tx.getKysely());
  if (room.memberCount + rows.length > limit) throw new Refusal<MessagingErrorCode>('ROOM_FULL');
  room.memberCount += rows.length;
  const added = rows.map((row) => row.user_id);
  for (const userId of added) {
    recordEvent(tx, chatMemberAdded.create({ subject: userId, data: { roomId: room.id, userId } }));
  }
  return added;
}

/** Ends somebody's membership of a room that is locked; what they may read and hear ends with the transaction. */
export function endMembership(
  tx: EntityManager,
  room: ChatRoom,
  member: ChatMember,
  ending: MemberEnding,
  now: Date,
): void {
  member.endedAt = now;
  member.ending = ending;
  room.memberCount -= 1;
  const { userId } = member;
  recordEvent(tx, chatMemberRemoved.create({ subject: userId, data: { roomId: room.id, userId, reason: ending } }));
}
