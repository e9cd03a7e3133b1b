import type { SortKey } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { ChatMember } from './chat-member.entity.js';

const LONGEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.joined_at`, type: 'timestamptz', direction: 'asc' },
  { expression: sql`t.user_id`, type: 'uuid', direction: 'asc' },
];

/** Pages of the members of rooms, those first who have belonged to theirs longest. */
export const memberPages = defineNestedPages<ChatMember>(() => ({
  entity: ChatMember,
  from: sql`from messaging.chat_members t where t.ended_at is null`,
  parent: sql`t.room_id`,
  order: LONGEST_FIRST,
}));

/** Pages of whom rooms keep out, the latest first. */
export const bannedPages = defineNestedPages<ChatMember>(() => ({
  entity: ChatMember,
  from: sql`from messaging.chat_members t where t.ending = 'BANNED'`,
  parent: sql`t.room_id`,
  order: [
    { expression: sql`t.ended_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.user_id`, type: 'uuid', direction: 'desc' },
  ],
}));
