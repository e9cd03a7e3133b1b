import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { MOST_PER_PAGE } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { ChatMessageType } from '../chat-messages/chat-message.types.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { ChatRoomType } from '../chat-rooms/chat-room.types.js';
import { InboxNotification } from '../notifications/inbox.types.js';
import type { Notification } from '../notifications/notification.entity.js';
import { shapeChanges, subjectOf } from './change.shapes.js';
import { Changes, ChatRoomChange, FollowedChangeType, NotificationChange } from './change.types.js';
import type { ChangesService } from './changes.service.js';
import { type Followed, FollowedUnion } from './followed.types.js';

/** What devices sync by. */
@Resolver(() => Changes)
export class ChangesResolver {
  constructor(private readonly changes: ChangesService) {}

  @SignedIn()
  // Hundreds of pages for who starts anew; more than any device asks for otherwise.
  @Limited({ viewer: { points: 1_000, seconds: 60 } })
  @Query(() => Changes, {
    nullable: true,
    description:
      'What changed for you since a device asked last: messages and rooms, notifications, bookings, orders, payments and what you learn, with what is gone. Ask until `hasMore` is false, keep `cursor`, and begin there the next time: nothing is ever left out, however long you were away.',
  })
  async changesSince(
    @Arg('cursor', () => String, {
      nullable: true,
      description: 'The cursor of the last page that you applied; without it you get everything that there is.',
    })
    cursor: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'How many changes at most, 1 to 100; 100 without it.' })
    first: number | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Changes> {
    return shapeChanges(await this.changes.since(context, cursor, first ?? MOST_PER_PAGE));
  }

  @FieldResolver(() => [ChatMessageType], {
    description: 'Messages in your rooms that are new or changed, deleted ones too; order them by `sequence`.',
  })
  messages(@Root() { messageIds }: Changes, @Ctx() context: RequestContext): Promise<ChatMessage[]> {
    return this.changes.messages(context, messageIds);
  }
}

/** Rooms in what changed. */
@Resolver(() => ChatRoomChange)
export class ChatRoomChangeResolver {
  constructor(private readonly changes: ChangesService) {}

  @FieldResolver(() => ChatRoomType, {
    nullable: true,
    description: 'The room; null when you do not belong to it any longer: drop it with its messages.',
  })
  room(@Root() change: ChatRoomChange, @Ctx() context: RequestContext): Promise<ChatRoom | null> {
    return this.changes.room(context, change);
  }
}

/** Notifications in what changed. */
@Resolver(() => NotificationChange)
export class NotificationChangeResolver {
  constructor(private readonly changes: ChangesService) {}

  @FieldResolver(() => InboxNotification, {
    nullable: true,
    description: 'The notification; null when it was deleted: drop it.',
  })
  notification(@Root() change: NotificationChange, @Ctx() context: RequestContext): Promise<Notification | null> {
    return this.changes.notification(context, change);
  }
}

/** Things of other rooms in what changed. */
@Resolver(() => FollowedChangeType)
export class FollowedChangeResolver {
  @FieldResolver(() => FollowedUnion, {
    nullable: true,
    description:
      'The thing; null when it was deleted: drop it. Its fields are null where you may not see it any longer.',
  })
  subject(@Root() change: FollowedChangeType): Followed | null {
    return subjectOf(change);
  }
}

/** Every resolver class of this part. */
export const changesResolvers = [
  ChangesResolver,
  ChatRoomChangeResolver,
  NotificationChangeResolver,
  FollowedChangeResolver,
] as const;
