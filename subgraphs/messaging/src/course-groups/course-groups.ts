import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { findEver } from '../chat-members/ban.service.js';
import type { MemberEnding, MemberRole } from '../chat-members/chat-member.rules.js';
import { addMembers, endMembership } from '../chat-members/member-changes.js';
import { findMember, lockRoom } from '../chat-members/membership.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { cohortKey } from '../chat-rooms/unique-key.js';
import { lockUniqueRoom, openUniqueRoom } from '../chat-rooms/unique-rooms.js';
import { chatMemberUpdated, chatRoomUpdated } from '../events.js';
import { titleOf } from './cohort.rules.js';
import type { Cohort } from './cohorts.js';

/** Where somebody with an account belongs in a course. */
export interface Seat {
  userId: string;
  courseId: string;
  /** Null for none, or not any longer. */
  cohort: Cohort | null;
  /** Has the school put them there just now, so that whoever was taken out of the group comes back? */
  isNew: boolean;
}

/** The chat groups of cohorts: one each, for its students and their curator. */
export class CourseGroups {
  /** @param memberLimit how many people may belong to a room */
  constructor(private readonly memberLimit: number) {}

  /**
   * Puts a student into the group of their cohort, which the first one makes, and out of the others of the course. Whoever left
   * by themselves stays away, and whoever finds the group full stays outside. Doing it again changes nothing.
   */
  async seat(tx: EntityManager, { userId, courseId, cohort, isNew }: Seat, now: Date): Promise<void> {
    await leaveGroups(tx, userId, courseId, cohort && cohortKey(courseId, cohort.id), now);
    if (!cohort) return;
    const room = await openUniqueRoom(tx, groupOf(cohort), now);
    await this.appoint(tx, room, cohort.curatorId, now);
    const isLed = room.curatorId && (await findMember(tx, room.id, room.curatorId));
    // One place is the curator's, whoever comes first.
    const limit = isLed ? this.memberLimit : this.memberLimit - 1;
    await bring(tx, room, { userId, role: 'MEMBER', limit, returns: isNew ? ['REMOVED'] : [] }, now);
  }

  /** Has a group follow its cohort: its curator, and what it is called when that is what changed. Without a group nothing is done. */
  async follow(tx: EntityManager, cohort: Cohort, isRenamed: boolean, now: Date): Promise<void> {
    const room = await lockUniqueRoom(tx, cohortKey(cohort.courseId, cohort.id));
    if (!room) return;
    await this.appoint(tx, room, cohort.curatorId, now);
    const title = titleOf(cohort);
    if (!isRenamed || room.title === title) return;
    room.title = title;
    room.updatedAt = now;
    recordEvent(tx, chatRoomUpdated.create({ subject: room.id, data: {} }));
  }

  /** A curator who leaves a group by themselves stays away until they are appointed anew. */
  private async appoint(tx: EntityManager, room: ChatRoom, curatorId: string | null, now: Date): Promise<void> {
    const formerId = room.curatorId ?? null;
    if (formerId === curatorId) return;
    const former = formerId && (await findMember(tx, room.id, formerId));
    if (former) endMembership(tx, room, former, 'REMOVED', now);
    room.curatorId = curatorId;
    room.updatedAt = now;
    if (!curatorId) return;
    const appointed = { userId: curatorId, limit: this.memberLimit, returns: ['LEFT', 'REMOVED'] } as const;
    await bring(tx, room, { ...appointed, role: 'MODERATOR' }, now);
  }
}

function groupOf(cohort: Cohort) {
  const { id, courseId } = cohort;
  const kind = 'GROUP' as const;
  const title = titleOf(cohort);
  return { kind, uniqueKey: cohortKey(courseId, id), userIds: [], hidesContacts: false, title, courseId };
}

interface Newcomer {
  userId: string;
  role: MemberRole;
  limit: number;
  /** Whose membership ended so may come back. */
  returns: readonly MemberEnding[];
}

/** Lets somebody into a room that is locked, if they may come and there is place. */
async function bring(tx: EntityManager, room: ChatRoom, newcomer: Newcomer, now: Date): Promise<void> {
  const { userId, role, limit, returns } = newcomer;
  const known = await findEver(tx, room.id, userId);
  if (known && !known.ending) {
    if (role !== 'MODERATOR' || known.role === role) return;
    known.role = role;
    recordEvent(tx, chatMemberUpdated.create({ subject: userId, data: { roomId: room.id, userId } }));
    recordEvent(tx, chatRoomUpdated.create({ subject: room.id, data: {} }));
    return;
  }
  if (room.memberCount >= limit || (known?.ending && !returns.includes(known.ending))) return;
  await addMembers(tx, room, { userIds: [userId], role, limit }, now);
}

/** Takes a student out of the groups of a course's cohorts, but for one, in the order in which rooms are locked. */
async function leaveGroups(
  tx: EntityManager,
  userId: string,
  courseId: string,
  kept: string | null,
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ roomId: string }>`
    select m.room_id as "roomId" from messaging.chat_members m join messaging.chat_rooms r on r.id = m.room_id
    where m.user_id = ${userId} and m.ended_at is null and r.course_id = ${courseId} and r.unique_key like 'course:%'
      and r.unique_key is distinct from ${kept} and r.curator_id is distinct from ${userId}::uuid
    order by m.room_id`.execute(tx.getKysely());
  for (const { roomId } of rows) {
    const room = await lockRoom(tx, roomId);
    const member = await findMember(tx, roomId, userId);
    if (room && member) endMembership(tx, room, member, 'REMOVED', now);
  }
}
