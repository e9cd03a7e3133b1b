import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { ChatRoom } from './chat-room.entity.js';
import { CreateChatRoomInput, CreateChatRoomPayload } from './chat-room.payloads.js';
import type { ChatRoomService } from './chat-room.service.js';
import { ChatRoomConnection, ChatRoomFilter, ChatRoomType } from './chat-room.types.js';
import type { RoomMakingService } from './room-making.service.js';

/** Chat rooms in the graph. */
@Resolver()
export class ChatRoomResolver {
  constructor(
    private readonly rooms: ChatRoomService,
    private readonly making: RoomMakingService,
  ) {}

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

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => CreateChatRoomPayload, {
    nullable: true,
    description: 'Makes a group or a named room, as staff; or gives you your own support room.',
  })
  createChatRoom(
    @Arg('input', () => CreateChatRoomInput, { description: 'Which room.' }) input: CreateChatRoomInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.making.create(context, input) }));
  }
}
