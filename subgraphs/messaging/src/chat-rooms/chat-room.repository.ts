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
