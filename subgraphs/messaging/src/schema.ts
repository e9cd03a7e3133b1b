import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { AnnouncementResolver } from './announcements/announcement.resolver.js';
import { NotificationMetadataResolver } from './announcements/notification-metadata.resolver.js';
import { CatalogueResolver } from './catalogue/catalogue.resolver.js';
import { changesResolvers } from './changes/changes.resolver.js';
import { ChannelsResolver } from './channels/channels.resolver.js';
import { ChatMemberResolver } from './chat-members/chat-member.resolver.js';
import { MemberMutationsResolver } from './chat-members/member-mutations.resolver.js';
import { resolveChatMessage } from './chat-messages/chat-message.reference.js';
import {
  ChatAttachmentResolver,
  ChatMessageResolver,
  RoomMessagesResolver,
} from './chat-messages/chat-message.resolver.js';
import { MessageMarkResolver } from './chat-messages/message-mark.resolver.js';
import { MessageWritingResolver } from './chat-messages/message-writing.resolver.js';
import { resolveChatRoom } from './chat-rooms/chat-room.reference.js';
import { ChatRoomResolver } from './chat-rooms/chat-room.resolver.js';
import { RoomLiveResolver } from './chat-rooms/live/room-live.resolver.js';
import { RoomEdgesResolver } from './chat-rooms/room-edges.resolver.js';
import { RoomMutationsResolver } from './chat-rooms/room-mutations.resolver.js';
import { DeliveryResolver } from './deliveries/delivery.resolver.js';
import { DeviceResolver } from './devices/device.resolver.js';
import { MessageLiveResolver } from './live/message-live.resolver.js';
import { TypingResolver } from './live/typing.resolver.js';
import { MailboxResolver } from './mailbox/mailbox.resolver.js';
import { BlockResolver } from './moderation/block.resolver.js';
import { ReportResolver } from './moderation/report.resolver.js';
import { ReportEdgesResolver } from './moderation/report-edges.resolver.js';
import { InboxLiveResolver, InboxResolver } from './notifications/inbox.resolver.js';
import { resolveNotification } from './notifications/notification.reference.js';
import { NotificationResolver } from './notifications/notification.resolver.js';
import { PreferenceResolver } from './preferences/preference.resolver.js';
import { SuppressionResolver } from './suppressions/suppression.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    // Channels.
    ChannelsResolver,
    MailboxResolver,
    SuppressionResolver,
    DeviceResolver,
    // Notifications.
    CatalogueResolver,
    InboxResolver,
    AnnouncementResolver,
    NotificationMetadataResolver,
    InboxLiveResolver,
    NotificationResolver,
    DeliveryResolver,
    PreferenceResolver,
    // Chat.
    ChatRoomResolver,
    RoomEdgesResolver,
    RoomMutationsResolver,
    ChatMemberResolver,
    ChatMessageResolver,
    ChatAttachmentResolver,
    MessageWritingResolver,
    MessageLiveResolver,
    MemberMutationsResolver,
    BlockResolver,
    ReportResolver,
    ReportEdgesResolver,
    RoomLiveResolver,
    RoomMessagesResolver,
    MessageMarkResolver,
    TypingResolver,
    // Mobile.
    ...changesResolvers,
  ],
  references: {
    Notification: resolveNotification,
    ChatRoom: resolveChatRoom,
    ChatMessage: resolveChatMessage,
  },
};
