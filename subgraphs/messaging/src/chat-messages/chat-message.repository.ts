import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { ChatPin } from './chat-mark.entity.js';
import { ChatAttachment, ChatMessage } from './chat-message.entity.js';

/** An emoji under a message: how many put it there, and who did first. */
export interface ReactionCount {
  emoji: string;
  count: number;
  userIds: string[];
}

/** Messages by id. */
export async function findMessages(em: EntityManager, ids: readonly string[]): Promise<Map<string, ChatMessage>> {
  const messages = await em.find(ChatMessage, { id: { $in: ids.filter(isId) } });
  return new Map(messages.map((message) => [message.id, message]));
}

/** Files of messages, in their order. */
export async function findAttachments(
  em: EntityManager,
  messageIds: readonly string[],
): Promise<Map<string, ChatAttachment[]>> {
  const files = await em.find(
    ChatAttachment,
    { messageId: { $in: [...messageIds] }, removedAt: null },
    { orderBy: { messageId: 'asc', position: 'asc' } },
  );
  return Map.groupBy(files, ({ messageId }) => messageId);
}

/** Reactions to messages, the oldest emoji first. */
export async function findReactions(
  em: EntityManager,
  messageIds: readonly string[],
): Promise<Map<string, ReactionCount[]>> {
  const { rows } = await sql<ReactionCount & { message_id: string; user_ids: string[] }>`
    select message_id, emoji, count(*)::int as count,
           (array_agg(user_id::text order by created_at, user_id))[1:20] as user_ids
      from messaging.chat_reactions where message_id = any(${[...messageIds]}::uuid[])
     group by message_id, emoji order by message_id, min(created_at), emoji`.execute(em.getKysely());
  const counted = rows.map(({ message_id, emoji, count, user_ids }) => ({
    messageId: message_id,
    reaction: { emoji, count, userIds: user_ids },
  }));
  return new Map(
    [...Map.groupBy(counted, ({ messageId }) => messageId)].map(([id, all]) => [
      id,
      all.map(({ reaction }) => reaction),
    ]),
  );
}

/** Which of these messages their rooms keep in view. */
export async function findPinned(em: EntityManager, messageIds: readonly string[]): Promise<Map<string, true>> {
  const pins = await em.find(ChatPin, { messageId: { $in: [...messageIds] } });
  return new Map(pins.map(({ messageId }) => [messageId, true]));
}

/** Messages by id, batched; whoever loads one decides who sees it. */
export const chatMessagesById = defineLoader<string, ChatMessage | null>(({ em }, ids) => findMessages(em, ids), {
  absent: () => null,
});

/** Files of messages, batched. */
export const attachmentsByMessage = defineLoader<string, ChatAttachment[]>(({ em }, ids) => findAttachments(em, ids), {
  absent: () => [],
});

/** Reactions to messages, batched. */
export const reactionsByMessage = defineLoader<string, ReactionCount[]>(({ em }, ids) => findReactions(em, ids), {
  absent: () => [],
});

/** Is a message kept in view? Batched. */
export const pinnedMessages = defineLoader<string, boolean>(({ em }, ids) => findPinned(em, ids), {
  absent: () => false,
});

/** How many members besides its author have read a message, batched. */
export const readersByMessage = defineLoader<ChatMessage, number>(
  async ({ em }, messages) => {
    const ids = messages.map(({ id }) => id);
    const { rows } = await sql<{ id: string; count: number }>`
      select t.id, count(m.user_id)::int as count
        from messaging.chat_messages t
        join messaging.chat_members m on m.room_id = t.room_id and m.ended_at is null
             and m.last_read_sequence >= t.sequence and m.user_id is distinct from t.author_id
       where t.id = any(${ids}::uuid[]) group by t.id`.execute(em.getKysely());
    return new Map(rows.map(({ id, count }) => [id, count]));
  },
  { absent: () => 0, keyOf: ({ id }) => id },
);

/** Columns of a message but what search keeps of it. */
export const MESSAGE_COLUMNS = sql.raw(
  'id, room_id, sequence, author_id, text, has_contacts, reply_to_id, edited_at, deleted_at, deleted_by, created_at',
);

/** A page of a room's messages, the oldest first; with `last`, the newest. Deleted ones keep their place. */
export function findPage(em: EntityManager, roomId: string, page: PageRequest): Promise<Connection<ChatMessage>> {
  return keysetPage(
    em,
    {
      entity: ChatMessage,
      from: sql`from (select ${MESSAGE_COLUMNS} from messaging.chat_messages) t where t.room_id = ${roomId}`,
      order: [{ expression: sql`t.sequence`, type: 'bigint', direction: 'asc' }],
    },
    page,
  );
}

/** The last message of each room, deleted or not, batched. */
export const lastMessages = defineLoader<string, ChatMessage | null>(
  async ({ em }, roomIds) => {
    const { rows } = await sql<Record<string, unknown>>`
      select t.* from messaging.chat_rooms r
        join (select ${MESSAGE_COLUMNS} from messaging.chat_messages) t on t.room_id = r.id and t.sequence = r.last_sequence
       where r.id = any(${[...roomIds]}::uuid[])`.execute(em.getKysely());
    const messages = rows.map((row) => em.map(ChatMessage, row));
    return new Map(messages.map((message) => [message.roomId, message]));
  },
  { absent: () => null },
);

/** Messages that rooms keep in view, those first that were pinned last; batched. */
export const pinsOfRooms = defineLoader<string, ChatMessage[]>(
  async ({ em }, roomIds) => {
    const { rows } = await sql<Record<string, unknown>>`
      select t.* from messaging.chat_pins p
        join (select ${MESSAGE_COLUMNS} from messaging.chat_messages) t on t.id = p.message_id
       where p.room_id = any(${[...roomIds]}::uuid[]) order by p.pinned_at desc, p.message_id desc`.execute(
      em.getKysely(),
    );
    return Map.groupBy(
      rows.map((row) => em.map(ChatMessage, row)),
      ({ roomId }) => roomId,
    );
  },
  { absent: () => [] },
);

/** A message as it is now; the room's lock keeps it so. */
export function findFresh(tx: EntityManager, id: string): Promise<ChatMessage | null> {
  return isId(id) ? tx.findOne(ChatMessage, { id }, { refresh: true }) : Promise.resolve(null);
}

/** Which room a message is in; it never changes. */
export async function findRoomOf(em: EntityManager, messageId: string): Promise<string | null> {
  if (!isId(messageId)) return null;
  const message = await em.findOne(ChatMessage, { id: messageId }, { fields: ['roomId'] });
  return message?.roomId ?? null;
}
