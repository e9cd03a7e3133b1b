import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { ChatMessage } from './chat-message.entity.js';
import { MESSAGE_COLUMNS } from './chat-message.repository.js';
import { searchTerms } from './search.rules.js';

/** Where to search: one room, or all that somebody belongs to. */
export type SearchPlace = { roomId: string } | { userId: string };

/**
 * Messages that have all words of a text, the last one perhaps only begun; the newest first. What a room hides it does not
 * let be found either: whoever searches for beginnings of a number would read it digit by digit.
 */
export function searchMessages(
  em: EntityManager,
  place: SearchPlace,
  text: string,
  page: PageRequest,
): Promise<Connection<ChatMessage>> {
  const rooms =
    'roomId' in place
      ? sql`m.room_id = ${place.roomId}`
      : sql`m.room_id in (
          select room_id from messaging.chat_members where user_id = ${place.userId} and ended_at is null)`;
  return keysetPage(
    em,
    {
      entity: ChatMessage,
      from: sql`from (
        select ${MESSAGE_COLUMNS} from messaging.chat_messages m
         where m.document @@ to_tsquery('russian', ${searchTerms(text)}) and ${rooms}
           and not (m.has_contacts and exists (
             select from messaging.chat_rooms r where r.id = m.room_id and r.hides_contacts))
      ) t where true`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
