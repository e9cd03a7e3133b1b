import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ChatMember } from '../chat-members/chat-member.entity.js';
import { ChatMemberConnection, ChatMembershipType } from '../chat-members/chat-member.types.js';
import { CourseReference } from '../course-groups/course.types.js';
import { UserReference } from '../people/user.types.js';
import type { ChatRoom } from './chat-room.entity.js';
import { ChatRoomType } from './chat-room.types.js';
import type { RoomEdgesService } from './room-edges.service.js';

/** What lies around a chat room. */
@Resolver(() => ChatRoomType)
export class RoomEdgesResolver {
  constructor(private readonly edges: RoomEdgesService) {}

  @FieldResolver(() => Boolean, { description: 'Does nobody write in it any more? What was written can be read.' })
  isClosed(@Root() { closedAt }: ChatRoom): boolean {
    return closedAt !== null;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description:
      'After whom the room is called: in a DIRECT room of yours the other one of the two, in a SUPPORT room who asks; null in others.',
  })
  counterpart(@Root() room: ChatRoom, @Ctx() context: RequestContext): UserReference | null {
    return this.edges.counterpart(context, room);
  }

  @FieldResolver(() => CourseReference, {
    nullable: true,
    description: 'The course whose people a GROUP is for; null in others.',
  })
  course(@Root() { courseId }: ChatRoom): CourseReference | null {
    return courseId ? { id: courseId } : null;
  }

  @FieldResolver(() => ChatMemberConnection, {
    description: 'Who belongs to it, those first who have belonged to it longest.',
  })
  members(
    @Root() room: ChatRoom,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatMember>> {
    return this.edges.members(context, room, page);
  }

  @FieldResolver(() => ChatMemberConnection, {
    nullable: true,
    description: 'Whom moderators keep out of it; null unless you may lift bans.',
  })
  bannedMembers(
    @Root() room: ChatRoom,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatMember> | null> {
    return this.edges.banned(context, room, page);
  }

  @FieldResolver(() => Boolean, {
    description: 'Have you blocked the other one of this DIRECT room? Then neither of you can write in it.',
  })
  isBlocked(@Root() room: ChatRoom, @Ctx() context: RequestContext): Promise<boolean> {
    return this.edges.isBlocked(context, room);
  }

  @FieldResolver(() => ChatMembershipType, {
    nullable: true,
    description: 'What you are in it; null for staff that does not belong to it.',
  })
  myMembership(@Root() room: ChatRoom, @Ctx() context: RequestContext): Promise<ChatMember | null> {
    return this.edges.own(context, room);
  }

  @FieldResolver(() => Int, {
    description: 'How many messages were written since those that you have read; 0 unless you belong to it.',
  })
  unreadCount(@Root() room: ChatRoom, @Ctx() context: RequestContext): Promise<number> {
    return this.edges.countUnread(context, room);
  }
}
