import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { sql } from 'kysely';
import { chatMessageDeleted } from '../events.js';
import { ChatPin, ChatReaction } from './chat-mark.entity.js';
import { ChatAttachment, ChatMessage } from './chat-message.entity.js';

/** Nobody watches more live. */
const MOST_TOLD = 100;

/** What somebody wrote and put to messages, and the files that they sent. */
export async function collectMessages(em: EntityManager, userId: string): Promise<PersonalData> {
  const [messages, reactions, files] = await Promise.all([
    em.find(ChatMessage, { authorId: userId }, { orderBy: { createdAt: 'asc', id: 'asc' } }),
    em.find(ChatReaction, { userId }, { orderBy: { createdAt: 'asc', messageId: 'asc' } }),
    ownFiles(em, userId),
  ]);
  return {
    sections: {
      chatMessages: messages.map(({ id, roomId, text, replyToId, createdAt, editedAt, deletedAt }) => {
        return { id, roomId, text, replyToId, createdAt, editedAt, deletedAt };
      }),
      chatReactions: reactions.map(({ messageId, emoji, createdAt }) => ({ messageId, emoji, createdAt })),
    },
    files: files.map(({ id, name, key }) => ({ name: `chat-${id}-${name}`, key })),
  };
}

/** Removes the files that somebody sent, outside any transaction. */
export async function eraseMessageFiles(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  const files = await ownFiles(em, userId);
  await storage.remove(files.map(({ key }) => key));
  await em.nativeDelete(ChatAttachment, { id: { $in: files.map(({ id }) => id) } });
}

/**
 * Empties what somebody wrote: the places stay, so that others see where something was said, and nobody sees by whom.
 * Who listens is told of the last hundred; devices that ask what changed learn of all.
 */
export async function eraseMessages(tx: EntityManager, userId: string): Promise<void> {
  const { rows } = await sql<{ id: string; room_id: string; sequence: string }>`
    update messaging.chat_messages
       set text = '', has_contacts = false, deleted_at = now(), deleted_by = null
     where author_id = ${userId} and deleted_at is null returning id, room_id, sequence`.execute(tx.getKysely());
  const ids = rows.map(({ id }) => id);
  await tx.nativeDelete(ChatReaction, { $or: [{ userId }, { messageId: { $in: ids } }] });
  await tx.nativeDelete(ChatPin, { messageId: { $in: ids } });
  await tx.nativeUpdate(ChatAttachment, { messageId: { $in: ids } }, { removedAt: new Date() });
  await tx.nativeUpdate(ChatMessage, { authorId: userId }, { authorId: null });
  await tx.nativeUpdate(ChatMessage, { deletedBy: userId }, { deletedBy: null });
  await tx.nativeUpdate(ChatPin, { pinnedBy: userId }, { pinnedBy: null });
  for (const { id, room_id: roomId, sequence } of rows.slice(-MOST_TOLD)) {
    const data = { roomId, sequence: Number(sequence), authorId: null };
    recordEvent(tx, chatMessageDeleted.create({ subject: id, data }));
  }
}

async function ownFiles(em: EntityManager, userId: string): Promise<ChatAttachment[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select a.* from messaging.chat_attachments a join messaging.chat_messages m on m.id = a.message_id
     where m.author_id = ${userId} and a.removed_at is null order by a.id`.execute(em.getKysely());
  return rows.map((row) => em.map(ChatAttachment, row));
}
