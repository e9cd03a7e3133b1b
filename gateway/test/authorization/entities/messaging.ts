import { makeChatMessage } from '../chat-scene.js';
import type { EntityRights } from '../entity.js';

const MESSAGE =
  'id room sequence author text hidesContacts attachments replyTo reactions isPinned isDeleted readCount editedAt createdAt';

/** Entities of the messaging room. */
export const messagingEntities: readonly EntityRights[] = [
  {
    title: 'a message in a room',
    room: 'messaging',
    type: 'ChatMessage',
    make: makeChatMessage,
    seenBy: Object.fromEntries(MESSAGE.split(' ').map((field) => [field, ['author', 'member']])),
  },
];
