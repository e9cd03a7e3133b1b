import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';
import { memberEndings } from './chat-members/chat-member.rules.js';
import { chatRoomKinds } from './chat-rooms/chat-room.rules.js';

const ofUser = z.object({ userId: z.uuid() });
const ofRoom = z.object({ roomId: z.uuid() });
const ofMessage = z.object({ roomId: z.uuid(), sequence: z.int(), authorId: z.uuid().nullable() });
const ofMember = z.object({ roomId: z.uuid(), userId: z.uuid() });

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.messaging.${name}.v1`, description, data });
}

/** The subject of each is the notification's id. */
export const notificationCreated = define(
  'notification.created',
  'Somebody has a new notification. Subject: the notification.',
  ofUser,
);
export const notificationRead = define(
  'notification.read',
  'A notification was read. Subject: the notification.',
  ofUser,
);
export const notificationDeleted = define(
  'notification.deleted',
  'A notification was deleted by its owner. Subject: the notification.',
  ofUser,
);
/** The subject is the user's id. */
export const inboxChanged = define(
  'inbox.changed',
  'All notifications of somebody were read or deleted. Subject: the user.',
  ofUser,
);

/** The subject of each is the room's id. */
export const chatRoomCreated = define(
  'chat-room.created',
  'People can write to each other. Subject: the room.',
  z.object({ kind: z.enum(chatRoomKinds) }),
);
export const chatRoomUpdated = define(
  'chat-room.updated',
  'A room is called otherwise, was closed or opened, or shows contacts now. Subject: the room.',
  z.object({}),
);
/** The subject of each is the user's id. */
export const chatMemberAdded = define('chat-member.added', 'Somebody belongs to a room. Subject: the user.', ofMember);
export const chatMemberUpdated = define(
  'chat-member.updated',
  'The role of a member changed, or their own settings of a room. Subject: the user.',
  ofMember,
);
export const chatMemberRemoved = define(
  'chat-member.removed',
  'Somebody does not belong to a room any longer. Subject: the user.',
  ofMember.extend({ reason: z.enum(memberEndings) }),
);
export const chatMemberRead = define(
  'chat-member.read',
  'A member has read a room up to a message. Subject: the user.',
  ofMember.extend({ sequence: z.int() }),
);

/** The subject of each is the message's id. */
export const chatMessageSent = define('chat-message.sent', 'A message was written. Subject: the message.', ofMessage);
export const chatMessageEdited = define('chat-message.edited', 'A message changed. Subject: the message.', ofMessage);
export const chatMessageDeleted = define(
  'chat-message.deleted',
  'A message was deleted; its place stays. Subject: the message.',
  ofMessage,
);
export const chatMessageReacted = define(
  'chat-message.reacted',
  'Reactions to a message changed. Subject: the message.',
  ofMessage,
);
export const chatMessagePinned = define(
  'chat-message.pinned',
  'A message was pinned or unpinned. Subject: the message.',
  ofMessage,
);

/** The subject is the report's id. */
export const chatReportOpened = define(
  'chat-report.opened',
  'Somebody reported a message; staff has to look at it. Subject: the report.',
  ofRoom,
);

/** The subject is the announcement's id. */
export const announcementChanged = define(
  'announcement.changed',
  'Something that staff sends has come further. Subject: the announcement.',
  z.object({}),
);

/** The subject is the notice's id. */
export const accountNoticeSettled = define(
  'account-notice.settled',
  'A notice that accounts wanted to be sent was sent, or never will be. Subject: the notice.',
  z.object({}),
);

/** Every event of this room. */
export const events = [
  notificationCreated,
  notificationRead,
  notificationDeleted,
  inboxChanged,
  chatRoomCreated,
  chatRoomUpdated,
  chatMemberAdded,
  chatMemberUpdated,
  chatMemberRemoved,
  chatMemberRead,
  chatMessageSent,
  chatMessageEdited,
  chatMessageDeleted,
  chatMessageReacted,
  chatMessagePinned,
  chatReportOpened,
  announcementChanged,
  accountNoticeSettled,
  ...Object.values(auditEvents('messaging')),
  ...Object.values(privacyEvents('messaging')),
];
