import { makeChatMessage, makeDirectRoom, makeGroup } from '../chat-scene.js';
import type { EntityRights } from '../entity.js';
import { makeNotification } from '../notification-scene.js';

const MESSAGE =
  'id room sequence author text hidesContacts attachments replyTo reactions isPinned isDeleted readCount editedAt createdAt';

const NOTIFICATION = 'id type title body url urgency target metadata readAt createdAt deliveries';

const ROOM = 'id kind memberCount hidesContacts lastActivityAt createdAt isClosed members isBlocked unreadCount';
const READ = 'lastMessage pinnedMessages myMembership';

function all(fields: string, viewers: readonly string[]): EntityRights['seenBy'] {
  return Object.fromEntries(fields.split(' ').map((field) => [field, viewers]));
}

/** Entities of the messaging room. */
export const messagingEntities: readonly EntityRights[] = [
  {
    title: 'a message in a room',
    room: 'messaging',
    type: 'ChatMessage',
    make: makeChatMessage,
    seenBy: Object.fromEntries(MESSAGE.split(' ').map((field) => [field, ['author', 'member']])),
  },
  {
    title: 'a notification',
    room: 'messaging',
    type: 'Notification',
    make: makeNotification,
    seenBy: Object.fromEntries(NOTIFICATION.split(' ').map((field) => [field, ['owner']])),
  },
  {
    title: 'the group of a course',
    room: 'messaging',
    type: 'ChatRoom',
    make: makeGroup,
    seenBy: {
      ...all(`${ROOM} title description course`, ['moderator', 'member', 'curator', 'supervisor']),
      ...all(READ, ['moderator', 'member']),
      bannedMembers: ['moderator', 'supervisor'],
      counterpart: [],
    },
  },
  {
    title: 'the room of a student and a tutor',
    room: 'messaging',
    type: 'ChatRoom',
    make: makeDirectRoom,
    seenBy: {
      ...all(ROOM, ['student', 'tutor', 'supervisor']),
      ...all(`${READ} counterpart`, ['student', 'tutor']),
      ...all('title description course bannedMembers', []),
    },
  },
];
