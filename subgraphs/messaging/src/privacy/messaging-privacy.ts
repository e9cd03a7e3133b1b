import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { PersonalData, RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { collectAnnouncements, eraseFromAnnouncements } from '../announcements/announcement-privacy.js';
import { eraseFollowed } from '../changes/followed-privacy.js';
import { collectMessages, eraseMessageFiles, eraseMessages } from '../chat-messages/message-privacy.js';
import { collectChatRooms, eraseChatRooms } from './chat-room-privacy.js';
import { collectDevices, eraseDevices } from './devices-privacy.js';
import { collectNotifications, eraseNotifications } from './notification-privacy.js';

/** What messaging holds about somebody, and what is left of it when they are erased. */
export const messagingPrivacy: RoomPrivacy = {
  async collect(em, userId) {
    const parts: PersonalData[] = await Promise.all([
      collectChatRooms(em, userId),
      collectMessages(em, userId),
      collectAnnouncements(em, userId),
      collectNotifications(em, userId),
      collectDevices(em, userId),
    ]);
    return {
      sections: Object.assign({}, ...parts.map(({ sections }) => sections)),
      files: parts.flatMap(({ files = [] }) => files),
    };
  },

  eraseFiles: eraseMessageFiles,

  async erase(tx, userId) {
    // While messages still say whose they are.
    await eraseChatRooms(tx, userId);
    await eraseMessages(tx, userId);
    await forgetIdempotencyKeys(tx, userId);
    await eraseFromAnnouncements(tx, userId);
    await eraseFollowed(tx, userId);
    await eraseNotifications(tx, userId);
    await eraseDevices(tx, userId);
  },
};
