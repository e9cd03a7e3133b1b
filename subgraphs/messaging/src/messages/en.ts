import { accountTexts } from './accounts/en.js';
import { invitationTexts } from './learning/en.js';
import { notifications } from './notifications/en.js';

/** Messages of this room in English. */
export const messages = {
  ...notifications,
  INVALID_INPUT: 'This is not filled in as it must be.',
  NOT_FOUND: 'There is nothing like this that you may see.',
  IDEMPOTENCY_KEY_REUSED: 'This request was used for something else already. Send it anew.',
  // Notifications.
  CHANNEL_REQUIRED: 'This is too important to be switched off here.',
  'digest.title_one': '{{count}} new notification',
  'digest.title_other': '{{count}} new notifications',
  // Chat rooms.
  PERSON_NOT_FOUND: 'Nobody has this account.',
  PERSON_BANNED: 'This person was banned from the room. Lift the ban first.',
  ROOM_FULL: 'No more people fit into this room.',
  ROOM_CLOSED: 'This room is closed.',
  NOT_A_MODERATOR: 'Only moderators of this room may do this.',
  IS_MODERATOR: 'They moderate this room themselves. Ask staff.',
  NOT_IN_SUCH_ROOMS: 'This is not possible in a room of this kind.',
  NOTHING_IN_COMMON: 'You can write to each other once there is an application or a lesson between you.',
  NOT_YOURSELF: 'You cannot do this to yourself.',
  OWN_MESSAGE: 'This is your own message.',
  REPORT_DECIDED: 'This report was decided on already.',
  // Devices.
  TOO_MANY_TOPICS: 'This device listens to too many topics. Leave one first.',
  // Mails.
  ...accountTexts,
  ...invitationTexts,
  'mail.hello': 'Hello!',
  'mail.open': 'Open',
  'mail.settings': 'Choose what we write to you about:',
  // Chat messages.
  BLOCKED: 'You cannot write to each other: one of you has blocked the other.',
  TOO_MANY_MESSAGES: 'You are writing too fast. Try again in {{seconds}} s.',
  SPAM_REFUSED: 'This looks like spam, so it was not sent.',
  UPLOAD_NOT_FOUND: 'There is no such file of yours. Upload it again.',
  UPLOAD_NOT_USABLE: 'This file cannot be sent with the message. Upload it as an attachment.',
  NOT_YOURS: 'You did not write this message.',
  NOT_EDITABLE: 'A message can be changed for 24 hours.',
  MESSAGE_DELETED: 'This message was deleted.',
  TOO_MANY_REACTIONS: 'There are enough different reactions already. Choose one of them.',
  TOO_MANY_PINS: 'Too many messages are pinned. Unpin one first.',
  // Announcements.
  CRITICAL_NOT_ALLOWED: 'Only those who may send announcements may send what ignores people’s own settings.',
  ANNOUNCEMENT_ENDED: 'This has been sent already.',
};
