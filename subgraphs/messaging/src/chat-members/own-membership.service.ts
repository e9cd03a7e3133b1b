import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { roomReference } from '../chat-rooms/chat-room.inputs.js';
import { isManaged } from '../chat-rooms/chat-room.rules.js';
import { peopleOf } from '../chat-rooms/unique-key.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberUpdated } from '../events.js';
import { findEver } from './ban.service.js';
import { muting } from './chat-member.inputs.js';
import { auditMember } from './member-audit.js';
import { addMembers, endMembership } from './member-changes.js';
import { lockReadableRoom, lockRoom } from './membership.js';

/** What people do with their own memberships. */
export class OwnMembershipService {
  /** @param memberLimit how many people may belong to a room */
  constructor(private readonly memberLimit: number) {}

  /** Whoever has left already has. @returns the room's id. @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS */
  async leave(context: RequestContext, input: unknown): Promise<string> {
    const { roomId } = accept(roomReference, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const room = await lockRoom(tx, roomId);
      const member = room && (await findEver(tx, room.id, userId));
      if (!member) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'roomId']);
      if (member.endedAt) return room.id;
      if (!isManaged(room.kind) && peopleOf(room).includes(userId)) {
        throw new Refusal<MessagingErrorCode>('NOT_IN_SUCH_ROOMS', ['input', 'roomId']);
      }
      endMembership(tx, room, member, 'LEFT', new Date());
      return room.id;
    });
  }

  /** @throws Refusal NOT_FOUND */
  async mute(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, until } = accept(muting, input, context.locale);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const { room, member } = await lockReadableRoom(context, tx, roomId);
      if (!member) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'roomId']);
      const { userId } = member;
      member.mutedUntil = until && until > now ? until : null;
      recordEvent(tx, chatMemberUpdated.create({ subject: userId, data: { roomId: room.id, userId } }));
      return room;
    });
  }

  /** Staff joins a support room, to be told of it and to answer. @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, PERSON_BANNED, ROOM_FULL */
  async joinSupport(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId } = accept(roomReference, input, context.locale);
    const { userId } = context.user;
    return transaction(context.em, async (tx) => {
      const access = await lockReadableRoom(context, tx, roomId);
      const { room } = access;
      if (room.kind !== 'SUPPORT') throw new Refusal<MessagingErrorCode>('NOT_IN_SUCH_ROOMS', ['input', 'roomId']);
      const joining = { userIds: [userId], role: 'MODERATOR', limit: this.memberLimit } as const;
      const added = await addMembers(tx, room, joining, new Date());
      if (added.length > 0) auditMember(context, tx, access, 'messaging.member.join-support', userId);
      return room;
    });
  }
}
