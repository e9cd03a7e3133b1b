import { chatMemberAdded } from '../../events.js';
import { openRoomOf } from '../../facts/chat.js';
import { defineNotification } from '../notification-type.js';

export const chatRoomJoinedType = defineNotification({
  type: 'CHAT_ROOM_JOINED',
  description: 'Somebody was added to a group or a named room; for them.',
  event: chatMemberAdded,
  urgency: 'LOW',
  channels: ['IN_APP', 'PUSH'],
  samples: [{ roomTitle: 'English B2' }],
  async recipients(ask, { data: { roomId, userId } }) {
    const room = await openRoomOf(ask, roomId);
    // The other rooms come with a booking, an application or a question of one's own.
    if (!room?.title || room.createdBy === userId) return [];
    return [{ userId, values: { roomTitle: room.title }, target: { kind: 'CHAT_ROOM', id: roomId } }];
  },
});
