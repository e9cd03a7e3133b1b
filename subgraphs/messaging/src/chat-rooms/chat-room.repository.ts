import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { ChatRoom } from './chat-room.entity.js';
import type { ChatRoomKind } from './chat-room.rules.js';

type Given<Value> = Value | null | undefined;

/** Which rooms are looked for; conditions add up. */
export interface RoomSearch {
  kind?: Given<ChatRoomKind>;
  unreadOnly?: Given<boolean>;
  text?: Given<string>;
  courseId?: Given<string>;
}

/** Which support rooms are looked for; conditions add up. */
export interface SupportSearch {
  isClosed?: Given<boolean>;
  /** Was the last message written by whoever asks? */
  awaitsAnswer?: Given<boolean>;
}

const LONGEST_TEXT = 100;

const LAST_ACTIVE_FIRST: readonly SortKey[] = [
  { expression: sql`t.last_activity_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** A page of the rooms of somebody, those first in which something was written last. @throws BAD_USER_INPUT */
export function findRoomsOf(
  em: EntityManager,
  userId: string,
  search: RoomSearch,
  page: PageRequest,
): Promise<Connection<ChatRoom>> {
  const conditions = [sql`m.user_id = ${userId}`, sql`m.ended_at is null`, ...searchConditions(search)];
  if (search.unreadOnly) conditions.push(sql`t.last_sequence > m.last_read_sequence`);
  const from = sql`from messaging.chat_rooms t join messaging.chat_members m on m.room_id = t.id
    where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: ChatRoom, from, order: LAST_ACTIVE_FIRST }, page);
}

/** A page of all groups and named rooms. @throws BAD_USER_INPUT */
export function findManagedRooms(
  em: EntityManager,
  search: RoomSearch,
  page: PageRequest,
): Promise<Connection<ChatRoom>> {
  const conditions = [sql`t.kind in ('GROUP', 'NAMED')`, ...searchConditions(search)];
  const from = sql`from messaging.chat_rooms t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: ChatRoom, from, order: LAST_ACTIVE_FIRST }, page);
}

/** A page of all support rooms. */
export function findSupportRooms(
  em: EntityManager,
  { isClosed, awaitsAnswer }: SupportSearch,
  page: PageRequest,
): Promise<Connection<ChatRoom>> {
  const conditions = [sql`t.kind = 'SUPPORT'`];
  if (given(isClosed)) conditions.push(isClosed ? sql`t.closed_at is not null` : sql`t.closed_at is null`);
  if (given(awaitsAnswer)) {
    const last = sql`exists (select from messaging.chat_messages m where m.room_id = t.id
      and m.sequence = t.last_sequence and t.unique_key = 'support:' || m.author_id)`;
    conditions.push(awaitsAnswer ? last : sql`not ${last}`);
  }
  const from = sql`from messaging.chat_rooms t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: ChatRoom, from, order: LAST_ACTIVE_FIRST }, page);
}

function given<Value>(value: Given<Value>): value is Value {
  return value !== null && value !== undefined;
}

function searchConditions({ kind, text, courseId }: RoomSearch): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (kind) conditions.push(sql`t.kind = ${kind}`);
  if (courseId) conditions.push(isId(courseId) ? sql`t.course_id = ${courseId}` : sql`false`);
  if (text) {
    if (text.length > LONGEST_TEXT) throw badUserInput(`filter.text has at most ${LONGEST_TEXT} characters`);
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`(t.title ilike ${pattern} or t.description ilike ${pattern})`);
  }
  return conditions;
}
