import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { InboxResolver } from './notifications/inbox.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    // Notifications.
    InboxResolver,
    // Chat.
    // Mobile.
  ],
  references: {},
};
