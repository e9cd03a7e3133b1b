import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { rightsChanged, userRemoved, userRoleChanged } from '@tutorgraph/schema/events/accounts';
import { sql } from 'kysely';
import { Ask } from '../facts/ask.js';
import { staffWith } from '../facts/people.js';
import { eraseChatRooms } from '../privacy/chat-room-privacy.js';
import { endMembership } from './member-changes.js';
import { findMember, lockRoom } from './membership.js';

/**
 * Takes staff out of the support rooms that they had joined once they may not answer in them any longer, so that the end
 * of their membership ends what they hear; and accounts that are removed out of every room.
 */
export function supportStaffConsumer(
  graph: GraphClient,
  em: EntityManager,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const leaving: EventHandler<string[]> = {
    prepare: () => staffWith(new Ask(graph, em), 'messaging.support.answer'),
    apply: async (tx, _event, allowed) => {
      for (const { roomId, userId } of await findJoined(tx, allowed)) {
        const room = await lockRoom(tx, roomId);
        const member = await findMember(tx, roomId, userId);
        if (room && member) endMembership(tx, room, member, 'REMOVED', new Date());
      }
    },
  };
  return {
    name: 'support-staff',
    stream: 'accounts',
    handlers: {
      [userRoleChanged.type]: leaving as EventHandler,
      [rightsChanged.type]: leaving as EventHandler,
      [userRemoved.type]: { apply: (tx, { subject }) => eraseChatRooms(tx, subject) },
    },
  };
}

/** Who belongs to whose support room without being asked for there, in the order in which rooms are locked. */
async function findJoined(
  tx: EntityManager,
  allowed: readonly string[],
): Promise<{ roomId: string; userId: string }[]> {
  const { rows } = await sql<{ roomId: string; userId: string }>`
    select m.room_id as "roomId", m.user_id as "userId"
    from messaging.chat_members m join messaging.chat_rooms r on r.id = m.room_id
    where m.role = 'MODERATOR' and m.ended_at is null and r.kind = 'SUPPORT'
      and m.user_id <> all(${[...allowed]}::uuid[])
    order by m.room_id, m.user_id`.execute(tx.getKysely());
  return rows;
}
