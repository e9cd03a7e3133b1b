import { only, signedIn, signedInUnverified } from '../audience.js';
import { joinedRoom, ownSending } from '../chat-scene.js';
import type { Table } from '../table.js';

const senders = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');
const readers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR');
// Who manages rooms answers in support, too.
const managers = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'CURATOR');
const moderators = only('SUPER_ADMIN', 'ADMIN', 'SUPERVISOR');

/** The messaging room. */
export const messaging: Table = {
  Query: {
    announcement: senders,
    announcements: senders,
    changesSince: signedIn,
    chatRoom: signedIn,
    chatRooms: signedIn,
    managedChatRooms: managers,
    reports: moderators,
    supportChatRooms: managers,
    messages: signedIn,
    searchMessages: signedIn,
    myBlocks: signedIn,
    notificationTypes: signedIn,
    previewNotification: senders,
    myNotificationPreferences: signedIn,
    notification: signedIn,
    notificationDeliveries: readers,
    notifications: signedIn,
    unreadNotificationCount: signedIn,
  },
  Mutation: {
    deleteAllNotifications: signedInUnverified,
    deleteNotification: signedInUnverified,
    markAllNotificationsRead: signedInUnverified,
    markNotificationRead: signedInUnverified,
    updateNotificationPreferences: signedInUnverified,
    addChatMembers: signedIn,
    banChatMember: signedIn,
    blockUser: signedIn,
    cancelAnnouncement: senders,
    closeChatRoom: signedIn,
    createChatRoom: signedIn,
    decideReport: moderators,
    inspectChatRoom: moderators,
    joinSupportRoom: managers,
    reportMessage: signedIn,
    leaveChatRoom: signedIn,
    muteChatRoom: signedIn,
    openDirectChat: signedIn,
    removeChatMember: signedIn,
    reopenChatRoom: signedIn,
    sendAnnouncement: only('SUPER_ADMIN', 'ADMIN'),
    sendMessage: signedIn,
    sendNotification: senders,
    editMessage: signedIn,
    deleteMessage: signedIn,
    addReaction: signedIn,
    removeReaction: signedIn,
    pinMessage: signedIn,
    unpinMessage: signedIn,
    markRoomRead: signedIn,
    setTyping: signedIn,
    setChatMemberRole: signedIn,
    unbanChatMember: signedIn,
    unblockUser: signedIn,
    updateChatRoom: signedIn,
  },
  Subscription: {
    announcementChanged: { who: senders, prepare: ownSending },
    notificationReceived: signedIn,
    unreadNotificationCountChanged: signedIn,
    roomChanged: signedIn,
    messageReceived: { who: signedIn, prepare: joinedRoom },
    typingChanged: { who: signedIn, prepare: joinedRoom },
  },
};
