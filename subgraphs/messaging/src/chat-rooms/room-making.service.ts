import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { isRepeated, once } from '@tutorgraph/kit/idempotency/idempotency';
import { addMembers } from '../chat-members/member-changes.js';
import { findMember } from '../chat-members/membership.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatRoomCreated, chatRoomUpdated } from '../events.js';
import type { People } from '../people/people.js';
import { ChatRoom } from './chat-room.entity.js';
import { type NewRoom, newRoom } from './chat-room.inputs.js';
import { openUniqueRoom, supportRoom } from './unique-rooms.js';

/** How rooms come to be that people make. */
export class RoomMakingService {
  /** @param memberLimit how many people may belong to a room */
  constructor(
    private readonly people: People,
    private readonly memberLimit: number,
  ) {}

  /**
   * Makes a group or a named room, or gives the viewer their own support room, which everybody has once.
   *
   * @throws FORBIDDEN; Refusal PERSON_NOT_FOUND, PERSON_BANNED, ROOM_FULL, IDEMPOTENCY_KEY_REUSED
   */
  async create(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const wanted = accept(newRoom, input, context.locale);
    const { userId } = context.user;
    if (wanted.kind === 'SUPPORT') {
      return transaction(context.em, (tx) => openSupportRoom(tx, userId, new Date()));
    }
    context.require('messaging.rooms.manage');
    const { idempotencyKey: key, ...rest } = wanted;
    const call = { viewerId: userId, mutation: 'createChatRoom', key, input: rest };
    if (!(await isRepeated(context.em, call))) {
      await this.people.require(wanted.memberIds ?? [], ['input', 'memberIds']);
    }
    return transaction(context.em, (tx) =>
      once(tx, call, {
        work: () => this.make(context, tx, wanted, new Date()),
        reference: ({ id }) => ({ roomId: id }),
        recall: ({ roomId }) => tx.findOneOrFail(ChatRoom, { id: roomId }),
      }),
    );
  }

  private async make(context: RequestContext, tx: EntityManager, wanted: NewRoom, now: Date): Promise<ChatRoom> {
    const { userId } = context.user;
    const { kind, title, description, memberIds } = wanted;
    const room = tx.create(ChatRoom, {
      id: newId(),
      kind,
      uniqueKey: null,
      title,
      description: description ?? null,
      courseId: wanted.kind === 'GROUP' ? (wanted.courseId ?? null) : null,
      closedAt: null,
      lastActivityAt: now,
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
    });
    const limit = this.memberLimit;
    await addMembers(tx, room, { userIds: [userId], role: 'MODERATOR', limit }, now);
    await addMembers(tx, room, { userIds: memberIds ?? [], role: 'MEMBER', limit }, now);
    recordEvent(tx, chatRoomCreated.create({ subject: room.id, data: { kind } }));
    recordStaffAction(tx, context, { action: 'messaging.room.create', resource: 'ChatRoom', resourceId: room.id });
    return room;
  }
}

/** Whoever asks for support again opens the room again. @throws Refusal PERSON_BANNED */
async function openSupportRoom(tx: EntityManager, userId: string, now: Date): Promise<ChatRoom> {
  const room = await openUniqueRoom(tx, supportRoom(userId), now);
  await tx.flush();
  if (!(await findMember(tx, room.id, userId))) throw new Refusal<MessagingErrorCode>('PERSON_BANNED');
  if (!room.closedAt) return room;
  room.closedAt = null;
  room.updatedAt = now;
  recordEvent(tx, chatRoomUpdated.create({ subject: room.id, data: {} }));
  return room;
}
