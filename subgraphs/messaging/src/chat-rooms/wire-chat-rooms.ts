import { BanService } from '../chat-members/ban.service.js';
import { ChatMemberResolver } from '../chat-members/chat-member.resolver.js';
import { MemberService } from '../chat-members/member.service.js';
import { MemberMutationsResolver } from '../chat-members/member-mutations.resolver.js';
import { OwnMembershipService } from '../chat-members/own-membership.service.js';
import { supportStaffConsumer } from '../chat-members/support-staff.consumer.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { Dealings } from '../dealings/dealings.js';
import { People } from '../people/people.js';
import { ChatRoomResolver } from './chat-room.resolver.js';
import { ChatRoomService } from './chat-room.service.js';
import { DirectChatService } from './direct-chat.service.js';
import { directRoomsConsumers } from './direct-rooms.consumers.js';
import { DirectRooms } from './direct-rooms.js';
import { RoomLiveResolver } from './live/room-live.resolver.js';
import { RoomLiveService } from './live/room-live.service.js';
import { SharedRooms } from './live/shared-rooms.js';
import { RoomChangesService } from './room-changes.service.js';
import { RoomEdgesResolver } from './room-edges.resolver.js';
import { RoomEdgesService } from './room-edges.service.js';
import { RoomMakingService } from './room-making.service.js';
import { RoomMutationsResolver } from './room-mutations.resolver.js';

/** Wires chat rooms and their members. */
export function createChatRooms({ tools: { graph, live, orm }, environment }: MessagingCore): MessagingPart {
  const { CHAT_MEMBER_LIMIT: limit, HIDE_CONTACTS_UNTIL_PAID: hidesUntilPaid } = environment;
  const people = new People(graph);
  const dealings = new Dealings(graph);
  const direct = new DirectRooms(hidesUntilPaid);
  return {
    resolvers: [
      new ChatRoomResolver(new ChatRoomService()),
      new RoomMutationsResolver(
        new RoomMakingService(people, limit),
        new DirectChatService(direct, dealings),
        new RoomChangesService(),
      ),
      new RoomEdgesResolver(new RoomEdgesService()),
      new ChatMemberResolver(),
      new MemberMutationsResolver(new MemberService(people, limit), new BanService(), new OwnMembershipService(limit)),
      new RoomLiveResolver(new RoomLiveService(live, new SharedRooms(orm.em))),
    ],
    consumers: [...directRoomsConsumers(direct, dealings, people), supportStaffConsumer(graph, orm.em)],
  };
}
