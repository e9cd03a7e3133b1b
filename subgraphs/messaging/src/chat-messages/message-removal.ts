import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { chatMessageDeleted } from '../events.js';
import { ChatPin, ChatReaction } from './chat-mark.entity.js';
import { ChatAttachment, type ChatMessage } from './chat-message.entity.js';

/**
 * Deletes a message of a room that is locked: its place stays, without text, files, reactions and pin. The files
 * themselves are removed a little later by a job.
 *
 * @param deletedBy the author, or who moderates
 */
export async function removeMessage(tx: EntityManager, message: ChatMessage, deletedBy: string): Promise<void> {
  if (message.deletedAt) return;
  const { id: messageId, roomId, sequence, authorId = null } = message;
  const now = new Date();
  message.text = '';
  message.hasContacts = false;
  message.deletedAt = now;
  message.deletedBy = deletedBy;
  await tx.nativeDelete(ChatReaction, { messageId });
  await tx.nativeDelete(ChatPin, { messageId });
  await tx.nativeUpdate(ChatAttachment, { messageId }, { removedAt: now });
  recordEvent(tx, chatMessageDeleted.create({ subject: messageId, data: { roomId, sequence, authorId } }));
}
