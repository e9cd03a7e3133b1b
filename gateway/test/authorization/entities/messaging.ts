import { makeChatMessage } from '../chat-scene.js';
import type { EntityRights } from '../entity.js';
import { makeNotification } from '../notification-scene.js';

const MESSAGE =
  'id room sequence author text hidesContacts attachments replyTo reactions isPinned isDeleted readCount editedAt createdAt';

const NOTIFICATION = 'id type title body url urgency target metadata readAt createdAt deliveries';

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
];
