import { signedIn } from '../audience.js';
import type { Table } from '../table.js';

/** The messaging room. */
export const messaging: Table = {
  Query: {
    chatRoom: signedIn,
    chatRooms: signedIn,
    unreadNotificationCount: signedIn,
  },
  Mutation: {
    createChatRoom: signedIn,
  },
  Subscription: {},
};
