import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { ChatRoomKind } from '../chat-rooms/chat-room.rules.js';

/** A member whom messages wait for. */
export interface AwayMember {
  userId: string;
  /** Up to where they have read. */
  lastRead: number;
  /** How many messages of others they have not read, at most {@link MOST_COUNTED}. */
  unread: number;
  /** Who wrote the first of them; null once erased. */
  authorId: string | null;
  /** When that was. */
  since: Date;
  roomKind: ChatRoomKind;
  roomTitle: string | null;
}

/** More is not counted. */
export const MOST_COUNTED = 100;

/**
 * Members of a room who have not read what others wrote there and were not told of it since they read last; without those
 * who muted the room or blocked whoever wrote. One statement for a room of any size.
 */
export async function findAwayMembers(em: EntityManager, roomId: string, now: Date): Promise<AwayMember[]> {
  const { rows } = await sql<{
    user_id: string;
    last_read: string;
    unread: string;
    author_id: string | null;
    since: Date | string;
    kind: ChatRoomKind;
    title: string | null;
  }>`
    select m.user_id, m.last_read_sequence as last_read, first.author_id, first.created_at as since, r.kind, r.title,
           least(r.last_sequence - m.last_read_sequence, ${MOST_COUNTED}) as unread
      from messaging.chat_members m
      join messaging.chat_rooms r on r.id = m.room_id
      join lateral (
        select c.author_id, c.created_at from messaging.chat_messages c
         where c.room_id = m.room_id and c.sequence > m.last_read_sequence and c.deleted_at is null
           and c.author_id is distinct from m.user_id
         order by c.sequence limit 1
      ) first on true
     where m.room_id = ${roomId}::uuid and m.ended_at is null and m.last_read_sequence < r.last_sequence
       and (m.muted_until is null or m.muted_until <= ${now}::timestamptz)
       and not exists (select from messaging.user_blocks b
                        where b.blocker_id = m.user_id and b.blocked_id = first.author_id)
       and not exists (select from messaging.notifications n
                        where n.user_id = m.user_id and n.type = 'CHAT_MESSAGE'
                          and n.source_id = m.room_id || ':' || m.last_read_sequence)
     order by m.user_id`.execute(em.getKysely());
  return rows.map((row) => ({
    userId: row.user_id,
    lastRead: Number(row.last_read),
    unread: Number(row.unread),
    authorId: row.author_id,
    since: new Date(row.since),
    roomKind: row.kind,
    roomTitle: row.title,
  }));
}
