import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { ChatMember } from '../chat-members/chat-member.entity.js';
import { endMembership } from '../chat-members/member-changes.js';
import { lockRoom } from '../chat-members/membership.js';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { Report } from '../moderation/report.entity.js';
import { RoomInspection } from '../moderation/room-inspection.entity.js';
import { UserBlock } from '../moderation/user-block.entity.js';

/** The rooms to which somebody belongs or belonged, whom they have blocked and what they reported, for the archive. */
export async function collectChatRooms(em: EntityManager, userId: string): Promise<PersonalData> {
  const memberships = await em.find(ChatMember, { userId }, { orderBy: { joinedAt: 'asc', roomId: 'asc' } });
  const rooms = await em.find(ChatRoom, { id: { $in: memberships.map(({ roomId }) => roomId) } });
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const blocks = await em.find(UserBlock, { blockerId: userId }, { orderBy: { createdAt: 'asc', blockedId: 'asc' } });
  const reports = await em.find(Report, { reporterId: userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return {
    sections: {
      chatRooms: memberships.map(
        ({ roomId, role, joinedAt, endedAt, ending, mutedUntil, lastReadSequence, lastReadAt }) => {
          const { kind, title } = byId.get(roomId) ?? {};
          return { roomId, kind, title, role, joinedAt, endedAt, ending, mutedUntil, lastReadSequence, lastReadAt };
        },
      ),
      blockedUsers: blocks.map(({ blockedId, createdAt }) => ({ userId: blockedId, createdAt })),
      reportedMessages: reports.map(({ id, messageId, reason, note, status, createdAt, decidedAt }) => {
        return { id, messageId, reason, note, status, createdAt, decidedAt };
      }),
    },
  };
}

/**
 * Takes somebody out of their rooms, and forgets whom they blocked and what they said of messages. That a room had them
 * stays, by an id that names nobody any longer: what others wrote to them is theirs.
 */
export async function eraseChatRooms(tx: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  const ofUser = await tx.find(
    ChatMember,
    { userId, endedAt: null },
    { fields: ['roomId'], orderBy: { roomId: 'asc' } },
  );
  for (const { roomId } of ofUser) {
    const room = await lockRoom(tx, roomId);
    const member = await tx.findOne(ChatMember, { roomId, userId }, { refresh: true });
    if (room && member && !member.endedAt) endMembership(tx, room, member, 'ERASED', now);
  }
  await tx.flush();
  // Nobody adds them again.
  await tx.nativeUpdate(ChatMember, { userId }, { ending: 'ERASED', mutedUntil: null, lastReadAt: null });
  await tx.nativeUpdate(ChatRoom, { createdBy: userId }, { createdBy: null });
  await tx.nativeUpdate(ChatRoom, { curatorId: userId }, { curatorId: null });
  await tx.nativeDelete(UserBlock, { $or: [{ blockerId: userId }, { blockedId: userId }] });
  await tx.nativeDelete(RoomInspection, { moderatorId: userId });
  await tx.nativeUpdate(Report, { reporterId: userId }, { reporterId: null, note: null });
  await tx.nativeUpdate(Report, { decidedBy: userId }, { decidedBy: null });
  await forgetReportedTexts(tx, userId);
}

/** What the erased person had written, as it was when others reported it. */
async function forgetReportedTexts(tx: EntityManager, userId: string): Promise<void> {
  await tx.execute(
    `update messaging.reports set reported_text = '' where message_id in
       (select id from messaging.chat_messages where author_id = ?)`,
    [userId],
  );
}
