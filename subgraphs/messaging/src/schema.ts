import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { ChatMemberResolver } from './chat-members/chat-member.resolver.js';
import { resolveChatRoom } from './chat-rooms/chat-room.reference.js';
import { ChatRoomResolver } from './chat-rooms/chat-room.resolver.js';
import { RoomEdgesResolver } from './chat-rooms/room-edges.resolver.js';
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
    // Mobile.
  ],
  references: {
    ChatRoom: resolveChatRoom,
  },
};
