import { only, signedIn } from '../audience.js';
import { joinedRoom, ownSending } from '../chat-scene.js';
import type { Table } from '../table.js';

const senders = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');

/** The messaging room. */
export const messaging: Table = {
  Query: {
    announcement: senders,
    announcements: senders,
    changesSince: signedIn,
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
    cancelAnnouncement: senders,
    closeChatRoom: signedIn,
    createChatRoom: signedIn,
    joinSupportRoom: only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR'),
    leaveChatRoom: signedIn,
    muteChatRoom: signedIn,
    openDirectChat: signedIn,
    removeChatMember: signedIn,
    reopenChatRoom: signedIn,
    sendAnnouncement: only('SUPER_ADMIN', 'ADMIN'),
    sendMessage: signedIn,
    sendNotification: senders,
    setChatMemberRole: signedIn,
    unbanChatMember: signedIn,
    unblockUser: signedIn,
    updateChatRoom: signedIn,
  },
  Subscription: {
    announcementChanged: { who: senders, prepare: ownSending },
    roomChanged: signedIn,
    messageReceived: { who: signedIn, prepare: joinedRoom },
  },
};
