import { ChatMemberResolver } from '../chat-members/chat-member.resolver.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { People } from '../people/people.js';
import { ChatRoomResolver } from './chat-room.resolver.js';
import { ChatRoomService } from './chat-room.service.js';
import { RoomEdgesResolver } from './room-edges.resolver.js';
import { RoomEdgesService } from './room-edges.service.js';
import { RoomMakingService } from './room-making.service.js';

/** Wires chat rooms and their members. */
export function createChatRooms({ tools, environment }: MessagingCore): MessagingPart {
  const making = new RoomMakingService(new People(tools.graph), environment.CHAT_MEMBER_LIMIT);
  return {
    resolvers: [
      new ChatRoomResolver(new ChatRoomService(), making),
      new RoomEdgesResolver(new RoomEdgesService()),
      new ChatMemberResolver(),
    ],
  };
}
