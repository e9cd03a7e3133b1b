import { only, signedIn } from '../audience.js';
import { joinedRoom } from '../chat-scene.js';
import type { Table } from '../table.js';

const senders = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');

/** The messaging room. */
export const messaging: Table = {
  Query: {
    chatRoom: signedIn,
    chatRooms: signedIn,
    messages: signedIn,
    myBlocks: signedIn,
    notificationTypes: signedIn,
    previewNotification: senders,
    unreadNotificationCount: signedIn,
  },
  Mutation: {
    addChatMembers: signedIn,
    banChatMember: signedIn,
    blockUser: signedIn,
    closeChatRoom: signedIn,
    createChatRoom: signedIn,
    joinSupportRoom: only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR'),
    leaveChatRoom: signedIn,
    muteChatRoom: signedIn,
    openDirectChat: signedIn,
    removeChatMember: signedIn,
    reopenChatRoom: signedIn,
    sendMessage: signedIn,
    setChatMemberRole: signedIn,
    unbanChatMember: signedIn,
    unblockUser: signedIn,
    updateChatRoom: signedIn,
  },
  Subscription: {
    roomChanged: signedIn,
    messageReceived: { who: signedIn, prepare: joinedRoom },
  },
};
