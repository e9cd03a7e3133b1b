import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import { insertRows, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import type { RoomDemo } from '@tutorgraph/kit/room/demo';
import { z } from 'zod';
import { ChatMember } from '../chat-members/chat-member.entity.js';
import { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { generateMessagingDemo } from './generate.js';

/** What marketplace's demo tells of its paid lessons. */
const told = z.object({
  lessons: z.array(z.object({ studentId: z.uuid(), tutorUserId: z.uuid(), paidAt: z.date() })),
});

/** What learning's demo tells of its groups. */
const taught = z.object({
  cohorts: z.array(
    z.object({
      ...{ id: z.uuid(), courseId: z.uuid(), title: z.string(), courseTitle: z.string(), curatorId: z.uuid() },
      ...{ startsOn: z.coerce.date(), userIds: z.array(z.uuid()) },
    }),
  ),
});

/** What the demo's people wrote, and what others wrote to them since. */
const CLEARING = [
  `delete from messaging.chat_rooms where id::text like :demo
     or exists (select from messaging.chat_members where room_id = chat_rooms.id and user_id::text like :demo)`,
  'delete from messaging.notifications where user_id::text like :demo',
  'delete from messaging.followed_changes where user_id::text like :demo',
].map((statement) => statement.replaceAll(':demo', `'${DEMO_ID_PATTERN}'`));

/** Chats of the demo's students and tutors. */
export const demo: RoomDemo = {
  async isEmpty(em) {
    return (await em.count(ChatRoom)) === 0;
  },

  clear(em) {
    return transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement);
    });
  },

  async load(em: EntityManager, { onProgress, seed, now, told: others }) {
    const { lessons } = told.parse(others?.get('marketplace') ?? { lessons: [] });
    const { cohorts } = taught.parse(others?.get('learning') ?? { cohorts: [] });
    const { rooms, members, messages } = generateMessagingDemo({ seed, now, lessons, cohorts });
    await insertRows(
      em,
      [rowsOf(ChatRoom, rooms), rowsOf(ChatMember, members), rowsOf(ChatMessage, messages)],
      onProgress,
    );
  },
};
