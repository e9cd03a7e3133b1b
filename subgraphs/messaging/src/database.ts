import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { IdempotencyKey } from '@tutorgraph/kit/idempotency/idempotency-key.entity';
import { Announcement } from './announcements/announcement.entity.js';
import { FollowedChange } from './changes/followed-change.entity.js';
import { SyncEpoch } from './changes/sync-epoch.entity.js';
import { ChatMember } from './chat-members/chat-member.entity.js';
import { ChatPin, ChatReaction } from './chat-messages/chat-mark.entity.js';
import { ChatAttachment, ChatMessage } from './chat-messages/chat-message.entity.js';
import { ChatRoom } from './chat-rooms/chat-room.entity.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { Digest } from './deliveries/digest.entity.js';
import { Device } from './devices/device.entity.js';
import { DevelopmentMessage } from './mailbox/development-message.entity.js';
import { Report } from './moderation/report.entity.js';
import { RoomInspection } from './moderation/room-inspection.entity.js';
import { UserBlock } from './moderation/user-block.entity.js';
import { Notification } from './notifications/notification.entity.js';
import { ChannelDigest, Preference, QuietHours } from './preferences/preference.entity.js';
import { Suppression } from './suppressions/suppression.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'messaging',
  entities: [
    ...eventEntities,
    IdempotencyKey,
    DevelopmentMessage,
    // Notifications.
    Notification,
    Delivery,
    Digest,
    Suppression,
    Preference,
    QuietHours,
    ChannelDigest,
    Device,
    Announcement,
    // Chat.
    ChatRoom,
    ChatMember,
    ChatMessage,
    ChatAttachment,
    ChatReaction,
    ChatPin,
    UserBlock,
    RoomInspection,
    Report,
    // Mobile.
    FollowedChange,
    SyncEpoch,
  ],
  migrations: new URL('../migrations/', import.meta.url),
};
