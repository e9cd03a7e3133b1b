import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberUpdated, chatRoomUpdated } from '../events.js';
import type { People } from '../people/people.js';
import { memberReference, newMembers, roleChange } from './chat-member.inputs.js';
import { auditMember } from './member-audit.js';
import { addMembers, endMembership } from './member-changes.js';
import { findMember, lockManagedRoom, refuseModerator } from './membership.js';

/** Who is put into groups and named rooms, and out of them. */
export class MemberService {
  /** @param memberLimit how many people may belong to a room */
  constructor(
    private readonly people: People,
    private readonly memberLimit: number,
  ) {}

  /** @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR, PERSON_NOT_FOUND, PERSON_BANNED, ROOM_FULL */
  async add(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, userIds } = accept(newMembers, input, context.locale);
    await this.people.require(userIds, ['input', 'userIds']);
    return transaction(context.em, async (tx) => {
      const access = await lockManagedRoom(context, tx, roomId);
      const { room } = access;
      const added = await addMembers(tx, room, { userIds, role: 'MEMBER', limit: this.memberLimit }, new Date());
      for (const userId of added) auditMember(context, tx, access, 'messaging.member.add', userId);
      return room;
    });
  }

  /** Somebody who is none is none afterwards. @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR, IS_MODERATOR, NOT_YOURSELF */
  async remove(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, userId } = accept(memberReference, input, context.locale);
    if (context.isUser(userId)) throw new Refusal<MessagingErrorCode>('NOT_YOURSELF', ['input', 'userId']);
    return transaction(context.em, async (tx) => {
      const access = await lockManagedRoom(context, tx, roomId);
      const member = await findMember(tx, access.room.id, userId);
      if (!member) return access.room;
      refuseModerator(context, member);
      endMembership(tx, access.room, member, 'REMOVED', new Date());
      auditMember(context, tx, access, 'messaging.member.remove', userId);
      return access.room;
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR, IS_MODERATOR */
  async setRole(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, userId, role } = accept(roleChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const access = await lockManagedRoom(context, tx, roomId);
      const member = await findMember(tx, access.room.id, userId);
      if (!member) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'userId']);
      if (member.role === role) return access.room;
      refuseModerator(context, member);
      member.role = role;
      recordEvent(tx, chatMemberUpdated.create({ subject: userId, data: { roomId: access.room.id, userId } }));
      // What somebody is, the others see; how they have the room is theirs alone.
      recordEvent(tx, chatRoomUpdated.create({ subject: access.room.id, data: {} }));
      auditMember(context, tx, access, 'messaging.member.set-role', userId);
      return access.room;
    });
  }
}
