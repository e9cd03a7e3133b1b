import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { isRepeated, once } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomTools } from '@tutorgraph/kit/room/room';
import { lockReadableRoom, type RoomAccess } from '../chat-members/membership.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberRead, chatMessageSent } from '../events.js';
import { type AttachedFile, attachedFiles } from './attachment-uploads.js';
import { ChatAttachment, ChatMessage } from './chat-message.entity.js';
import { findFresh } from './chat-message.repository.js';
import { type NewMessage, newMessage } from './chat-message.rules.js';
import { hasContacts } from './contacts.rules.js';
import { assertWritable } from './message-change.js';
import type { SpamGuard } from './spam-guard.js';

/** Writing in rooms. */
export class MessageSendingService {
  constructor(
    private readonly tools: Pick<RoomTools, 'graph'>,
    private readonly guard: SpamGuard,
  ) {}

  /**
   * Writes a message; the room's lock gives it the next place.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, ROOM_CLOSED, BLOCKED, TOO_MANY_MESSAGES, SPAM_REFUSED, UPLOAD_NOT_FOUND,
   * UPLOAD_NOT_USABLE, IDEMPOTENCY_KEY_REUSED
   */
  async send(context: RequestContext, input: unknown): Promise<ChatMessage> {
    const { idempotencyKey: key, ...wanted } = accept(newMessage, input, context.locale);
    if (!wanted.text && wanted.attachments.length === 0) {
      throw new Refusal<MessagingErrorCode>('INVALID_INPUT', ['input', 'text']);
    }
    const call = { viewerId: context.user.userId, mutation: 'sendMessage', key, input: wanted };
    if (!(await isRepeated(context.em, call))) await this.guard.count(context, wanted);
    const files = await attachedFiles(this.tools.graph, context.user.userId, wanted.attachments);
    return transaction(context.em, (tx) =>
      once<ChatMessage, { messageId: string }>(tx, call, {
        work: () => write(context, tx, wanted, files),
        reference: ({ id }) => ({ messageId: id }),
        recall: async ({ messageId }) => {
          const known = await findFresh(tx, messageId);
          if (!known) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'roomId']);
          return known;
        },
      }),
    ).catch((error: unknown) => {
      if (violatedConstraint(error) !== 'chat_attachments_pkey') throw error;
      // It went with another message: deleting that one would take the file away from this one.
      throw new Refusal<MessagingErrorCode>('UPLOAD_NOT_USABLE', ['input', 'attachments']);
    });
  }
}

async function write(
  context: RequestContext,
  tx: EntityManager,
  wanted: Omit<NewMessage, 'idempotencyKey'>,
  files: readonly AttachedFile[],
): Promise<ChatMessage> {
  const { userId } = context.user;
  const access = await lockReadableRoom(context, tx, wanted.roomId);
  await assertWritable(tx, access, userId, ['input', 'roomId']);
  const { room } = access;
  if (wanted.replyToId && (await findFresh(tx, wanted.replyToId))?.roomId !== room.id) {
    throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'replyToId']);
  }
  const now = new Date();
  const message = Object.assign(new ChatMessage(), {
    id: newId(),
    roomId: room.id,
    sequence: room.lastSequence + 1,
    authorId: userId,
    text: wanted.text,
    hasContacts: hasContacts(wanted.text),
    replyToId: wanted.replyToId ?? null,
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    createdAt: now,
  });
  room.lastSequence = message.sequence;
  room.lastActivityAt = now;
  readByAuthor(tx, access, message);
  tx.persist(message);
  for (const [position, file] of files.entries()) {
    tx.persist(Object.assign(new ChatAttachment(), { ...file, messageId: message.id, position, removedAt: null }));
  }
  const { roomId, sequence, authorId = null } = message;
  recordEvent(tx, chatMessageSent.create({ subject: message.id, data: { roomId, sequence, authorId } }));
  await tx.flush();
  return message;
}

/** Who answers has read what came before; the others learn of it when that is news. */
function readByAuthor(tx: EntityManager, { member }: RoomAccess, { roomId, sequence, createdAt }: ChatMessage): void {
  if (!member) return;
  const isNews = member.lastReadSequence < sequence - 1;
  member.lastReadSequence = sequence;
  member.lastReadAt = createdAt;
  if (!isNews) return;
  const { userId } = member;
  recordEvent(tx, chatMemberRead.create({ subject: userId, data: { roomId, userId, sequence } }));
}
