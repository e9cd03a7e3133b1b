import { signedIn } from '../audience.js';
import { joinedRoom } from '../chat-scene.js';
import type { Table } from '../table.js';

/** The messaging room. */
export const messaging: Table = {
  Query: {
    chatRoom: signedIn,
    chatRooms: signedIn,
    messages: signedIn,
    unreadNotificationCount: signedIn,
  },
  Mutation: {
    sendMessage: signedIn,
    createChatRoom: signedIn,
  },
  Subscription: {
    messageReceived: { who: signedIn, prepare: joinedRoom },
  },
};
