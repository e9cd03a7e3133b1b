import { chatRoomCreated } from '../../events.js';
import { openRoomOf } from '../../facts/chat.js';
import { personOf, staffWith } from '../../facts/people.js';
import { anna, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const supportRequestedType = defineNotification({
  type: 'SUPPORT_REQUESTED',
  description: 'Somebody asks for support; for staff who answer.',
  event: chatRoomCreated,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH'],
  samples: [named('person', anna)],
  async recipients(ask, { subject, data: { kind } }) {
    const room = kind === 'SUPPORT' ? await openRoomOf(ask, subject) : null;
    if (!room) return [];
    const [person, staff] = await Promise.all([
      room.createdBy ? personOf(ask, room.createdBy) : null,
      staffWith(ask, 'messaging.support.answer'),
    ]);
    const values = named('person', person);
    return staff
      .filter((userId) => userId !== room.createdBy)
      .map((userId) => ({ userId, values, target: { kind: 'CHAT_ROOM', id: subject } }));
  },
});
