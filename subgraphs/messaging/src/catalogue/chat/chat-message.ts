import { anna, named } from '../names.js';
import { defineSending } from '../notification-type.js';

/** Made by the job that finds out who has not read; see jobs/tell-of-messages.job.ts. */
export const chatMessageType = defineSending({
  type: 'CHAT_MESSAGE',
  description: 'Messages wait unread in a chat room; for its members who are away, once until they read.',
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH', 'TELEGRAM'],
  samples: [
    { context: 'DIRECT', ...named('author', anna), count: 1 },
    { context: 'DIRECT', ...named('author', anna), count: 3 },
    { context: 'ROOM', roomTitle: 'English B2', ...named('author', anna), count: 21 },
    { context: 'SUPPORT', ...named('author', anna), count: 1 },
  ],
});
