import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { ChatMemberResolver } from './chat-members/chat-member.resolver.js';
import { resolveChatMessage } from './chat-messages/chat-message.reference.js';
import { ChatAttachmentResolver, ChatMessageResolver } from './chat-messages/chat-message.resolver.js';
import { MessageWritingResolver } from './chat-messages/message-writing.resolver.js';
import { resolveChatRoom } from './chat-rooms/chat-room.reference.js';
import { ChatRoomResolver } from './chat-rooms/chat-room.resolver.js';
import { RoomEdgesResolver } from './chat-rooms/room-edges.resolver.js';
import { MessageLiveResolver } from './live/message-live.resolver.js';
import { InboxResolver } from './notifications/inbox.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    // Notifications.
    InboxResolver,
    // Chat.
    ChatRoomResolver,
    RoomEdgesResolver,
    ChatMemberResolver,
    ChatMessageResolver,
    ChatAttachmentResolver,
    MessageWritingResolver,
    MessageLiveResolver,
    // Mobile.
  ],
  references: {
    ChatRoom: resolveChatRoom,
    ChatMessage: resolveChatMessage,
  },
};
