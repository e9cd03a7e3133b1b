import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { findRoom } from '../chat-members/membership.js';
import type { ChatRoom } from './chat-room.entity.js';
import {
  findManagedRooms,
  findRoomsOf,
  findSupportRooms,
  type RoomSearch,
  type SupportSearch,
} from './chat-room.repository.js';

/** Rooms that people look at. */
export class ChatRoomService {
  /** A room that the viewer may know of. */
  async find(context: RequestContext, id: string): Promise<ChatRoom | null> {
    return (await findRoom(context, id))?.room ?? null;
  }

  /** A page of the viewer's own rooms. @throws BAD_USER_INPUT */
  own(
    context: RequestContext,
    search: RoomSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<ChatRoom>> {
    return findRoomsOf(context.em, context.user.userId, search ?? {}, page);
  }

  /** A page of all groups and named rooms. @throws BAD_USER_INPUT */
  managed(
    context: RequestContext,
    search: RoomSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<ChatRoom>> {
    return findManagedRooms(context.em, search ?? {}, page);
  }

  /** A page of all support rooms. */
  support(
    context: RequestContext,
    search: SupportSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<ChatRoom>> {
    return findSupportRooms(context.em, search ?? {}, page);
  }
}
