import 'reflect-metadata';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createMessaging } from './app.js';
import { database } from './database.js';
import { readMessagingEnvironment } from './environment.js';
import { events } from './events.js';
import { liveKeys } from './live-keys.js';
import { permissions } from './permissions.js';
import { messagingPrivacy } from './privacy/messaging-privacy.js';
import { schema } from './schema.js';

/** The messaging room, for whatever runs or describes it. */
export const room = {
  name: 'messaging',
  port: 4004,
  database,
  schema,
  events,
  permissions,
  privacy: messagingPrivacy,
  messages: new URL('./messages/', import.meta.url),
  liveKeys,
  broadcasts: {
    subscriptions: ['messageReceived'],
    sameForAll: {
      MessageReceivedEvent: ['cursor', 'kind', 'message'],
      ChatRoom: ['kind', 'title', 'description', 'hidesContacts', 'createdAt'],
      ChatMessage: [
        'room',
        'sequence',
        'author',
        'text',
        'hidesContacts',
        'attachments',
        'replyTo',
        'reactions',
        'isPinned',
        'isDeleted',
        'editedAt',
        'createdAt',
      ],
      ChatAttachment: ['name', 'contentType', 'size', 'url'],
      ChatReaction: ['emoji', 'count', 'userIds'],
    },
  },
  demo: async () => (await import('./demo/demo.js')).demo,
  readSettings: readMessagingEnvironment,
  create: createMessaging,
} satisfies RoomDefinition;
