import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { MessagingErrorCode } from '../errors.js';
import { ChatMember } from './chat-member.entity.js';
import { memberReference } from './chat-member.inputs.js';
import { auditModeration } from './member-audit.js';
import { endMembership } from './member-changes.js';
import { lockKnownRoom, mayModerate, type RoomAccess, refuseModerator } from './membership.js';

/** Whom moderators keep out of rooms. */
export class BanService {
  /** Also somebody who has left already. @throws Refusal NOT_FOUND, NOT_A_MODERATOR, IS_MODERATOR, NOT_YOURSELF */
  async ban(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, userId } = accept(memberReference, input, context.locale);
    if (context.isUser(userId)) throw new Refusal<MessagingErrorCode>('NOT_YOURSELF', ['input', 'userId']);
    return transaction(context.em, async (tx) => {
      const access = await lockModerated(context, tx, roomId);
      const member = await findEver(tx, access.room.id, userId);
      if (!member) throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', 'userId']);
      refuseModerator(context, member);
      if (banMember(tx, access.room, member, new Date())) {
        auditModeration(context, tx, access, 'messaging.member.ban', userId);
      }
      return access.room;
    });
  }

  /** They may be added again; nobody else changes by it. @throws Refusal NOT_FOUND, NOT_A_MODERATOR */
  async unban(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, userId } = accept(memberReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const access = await lockModerated(context, tx, roomId);
      const member = await findEver(tx, access.room.id, userId);
      if (member?.ending !== 'BANNED') return access.room;
      member.ending = 'REMOVED';
      auditModeration(context, tx, access, 'messaging.member.unban', userId);
      return access.room;
    });
  }
}

/** Keeps somebody out of a room that is locked. @returns false when they were kept out already, or are erased */
export function banMember(tx: EntityManager, room: ChatRoom, member: ChatMember, now: Date): boolean {
  if (member.ending === 'BANNED' || member.ending === 'ERASED') return false;
  if (member.endedAt) member.ending = 'BANNED';
  else endMembership(tx, room, member, 'BANNED', now);
  return true;
}

/** Somebody who belongs to a room, or did. */
export function findEver(tx: EntityManager, roomId: string, userId: string): Promise<ChatMember | null> {
  return tx.findOne(ChatMember, { roomId, userId });
}

async function lockModerated(context: RequestContext, tx: EntityManager, roomId: string): Promise<RoomAccess> {
  const access = await lockKnownRoom(context, tx, roomId);
  if (mayModerate(context, access)) return access;
  throw new Refusal<MessagingErrorCode>('NOT_A_MODERATOR');
}
