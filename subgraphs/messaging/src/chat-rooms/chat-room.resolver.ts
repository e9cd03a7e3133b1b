import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ChatRoom } from './chat-room.entity.js';
import type { ChatRoomService } from './chat-room.service.js';
import {
  ChatRoomConnection,
  ChatRoomFilter,
  ChatRoomType,
  ManagedChatRoomFilter,
  SupportChatRoomFilter,
} from './chat-room.types.js';

/** Chat rooms in the graph. */
@Resolver()
export class ChatRoomResolver {
  constructor(private readonly rooms: ChatRoomService) {}

  @SignedIn()
  @Query(() => ChatRoomType, {
    nullable: true,
    description: 'A chat room by id; null when there is none that you may see.',
  })
  chatRoom(
    @Arg('id', () => ID, { description: 'Identity of the room.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ChatRoom | null> {
    return this.rooms.find(context, id);
  }

  @SignedIn()
  @Query(() => ChatRoomConnection, {
    nullable: true,
    description: 'The chat rooms to which you belong, those first in which something was written last.',
  })
  chatRooms(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => ChatRoomFilter, { nullable: true, description: 'Which rooms; all of yours without it.' })
    filter: ChatRoomFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatRoom>> {
    return this.rooms.own(context, filter, page);
  }

  @Requires('messaging.rooms.manage')
  @Query(() => ChatRoomConnection, {
    nullable: true,
    description: 'All groups and named rooms, those first in which something was written last.',
  })
  managedChatRooms(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => ManagedChatRoomFilter, { nullable: true, description: 'Which rooms; all without it.' })
    filter: ManagedChatRoomFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatRoom>> {
    return this.rooms.managed(context, filter, page);
  }

  @Requires('messaging.support.answer')
  @Query(() => ChatRoomConnection, {
    nullable: true,
    description: 'All support rooms, those first in which something was written last.',
  })
  supportChatRooms(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => SupportChatRoomFilter, { nullable: true, description: 'Which rooms; all without it.' })
    filter: SupportChatRoomFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatRoom>> {
    return this.rooms.support(context, filter, page);
  }
}
