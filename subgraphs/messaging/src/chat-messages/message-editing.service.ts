import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { mayModerate } from '../chat-members/membership.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMessageEdited } from '../events.js';
import type { ChatMessage } from './chat-message.entity.js';
import { findAttachments } from './chat-message.repository.js';
import { changedMessage, isEditable, whichMessage } from './chat-message.rules.js';
import { hasContacts } from './contacts.rules.js';
import { assertThere, assertWritable, changeMessage, roomOf, WHICH_MESSAGE } from './message-change.js';
import { removeMessage } from './message-removal.js';
import type { SpamGuard } from './spam-guard.js';

/** Changing and deleting what was written. */
export class MessageEditingService {
  constructor(private readonly guard: SpamGuard) {}

  /**
   * Gives the viewer's own message another text; the same text again changes nothing.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_YOURS, MESSAGE_DELETED, NOT_EDITABLE, ROOM_CLOSED, BLOCKED,
   * TOO_MANY_MESSAGES, SPAM_REFUSED
   */
  async edit(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId, text } = accept(changedMessage, input, context.locale);
    const { userId } = context.user;
    await this.guard.count(context, { roomId: await roomOf(context, messageId), text });
    return changeMessage(context, messageId, async ({ tx, access, message }) => {
      if (message.authorId !== userId) throw new Refusal<MessagingErrorCode>('NOT_YOURS', WHICH_MESSAGE);
      assertThere(message);
      if (message.text === text) return;
      const now = new Date();
      if (!isEditable(message.createdAt, now)) throw new Refusal<MessagingErrorCode>('NOT_EDITABLE', WHICH_MESSAGE);
      await assertWritable(tx, access, userId, WHICH_MESSAGE);
      if (text === '' && !(await findAttachments(tx, [messageId])).has(messageId)) {
        throw new Refusal<MessagingErrorCode>('INVALID_INPUT', ['input', 'text']);
      }
      message.text = text;
      message.hasContacts = hasContacts(text);
      message.editedAt = now;
      const { roomId, sequence, authorId = null } = message;
      recordEvent(tx, chatMessageEdited.create({ subject: messageId, data: { roomId, sequence, authorId } }));
    });
  }

  /**
   * Deletes a message: its author's right, and that of who moderates, which is audited. Repeating it changes nothing.
   *
   * @throws Refusal NOT_FOUND, NOT_YOURS
   */
  async delete(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { messageId } = accept(whichMessage, input, context.locale);
    const { userId } = context.user;
    return changeMessage(
      context,
      messageId,
      async ({ tx, access, message }) => {
        const isOwn = message.authorId === userId;
        if (!(isOwn || mayModerate(context, access))) throw new Refusal<MessagingErrorCode>('NOT_YOURS', WHICH_MESSAGE);
        if (message.deletedAt) return;
        await removeMessage(tx, message, userId);
        if (isOwn) return;
        recordStaffAction(tx, context, {
          action: 'messaging.message.delete',
          resource: 'ChatMessage',
          resourceId: messageId,
          userId: message.authorId,
        });
      },
      'known',
    );
  }
}
