import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { addMembers } from '../chat-members/member-changes.js';
import { lockRoom } from '../chat-members/membership.js';
import { chatRoomCreated } from '../events.js';
import type { ChatRoom } from './chat-room.entity.js';
import type { ChatRoomKind } from './chat-room.rules.js';
import { directKey, supportKey } from './unique-key.js';

/** A room of which there is only one, and who belongs to it. */
interface UniqueRoom {
  kind: Exclude<ChatRoomKind, 'NAMED'>;
  uniqueKey: string;
  userIds: readonly string[];
  hidesContacts: boolean;
  /** Of groups only. */
  title?: string;
  courseId?: string;
}

/** Room for both and for staff that answers. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** The room of two people, whichever is named first. */
export function directRoom(one: string, other: string, hidesContacts: boolean): UniqueRoom {
  return { kind: 'DIRECT', uniqueKey: directKey(one, other), userIds: [one, other], hidesContacts };
}

/** The room in which somebody asks for support. */
export function supportRoom(userId: string): UniqueRoom {
  return { kind: 'SUPPORT', uniqueKey: supportKey(userId), userIds: [userId], hidesContacts: false };
}

/**
 * The room, locked; made with its people if there is none yet. Of several transactions that make it at once, one does, and
 * the others wait for it and find it.
 */
export async function openUniqueRoom(tx: EntityManager, wanted: UniqueRoom, now: Date): Promise<ChatRoom> {
  const { kind, uniqueKey, userIds, hidesContacts, title = null, courseId = null } = wanted;
  const made = await sql<{ id: string }>`
    insert into messaging.chat_rooms
      (id, kind, unique_key, title, course_id, hides_contacts, last_activity_at, created_at, updated_at)
    values (${newId()}, ${kind}, ${uniqueKey}, ${title}, ${courseId}, ${hidesContacts}, ${now}, ${now}, ${now})
    on conflict (unique_key) do nothing returning id`.execute(tx.getKysely());
  const room = await lockUniqueRoom(tx, uniqueKey);
  if (!room) throw new Error(`The room ${uniqueKey} was neither made nor found`);
  if (made.rows.length > 0) {
    await addMembers(tx, room, { userIds, role: 'MEMBER', limit: NO_LIMIT }, now);
    recordEvent(tx, chatRoomCreated.create({ subject: room.id, data: { kind } }));
  }
  return room;
}

/** The room with this key, locked; null while there is none. */
export async function lockUniqueRoom(tx: EntityManager, uniqueKey: string): Promise<ChatRoom | null> {
  const { rows } = await sql<{ id: string }>`
    select id from messaging.chat_rooms where unique_key = ${uniqueKey}`.execute(tx.getKysely());
  return rows[0] ? lockRoom(tx, rows[0].id) : null;
}
