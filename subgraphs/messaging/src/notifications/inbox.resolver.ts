import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { InboxService } from './inbox.service.js';
import {
  DeleteAllNotificationsInput,
  DeleteAllNotificationsPayload,
  DeleteNotificationInput,
  DeleteNotificationPayload,
  InboxNotification,
  MarkAllNotificationsReadInput,
  MarkAllNotificationsReadPayload,
  MarkNotificationReadInput,
  MarkNotificationReadPayload,
  NotificationConnection,
  NotificationFilter,
  NotificationReceivedEvent,
  UnreadNotificationCountChangedEvent,
} from './inbox.types.js';
import type { InboxLiveService } from './inbox-live.service.js';
import type { Notification } from './notification.entity.js';

interface Start {
  args: { after?: string | null };
  context: RequestContext;
}

const AFTER = 'The cursor of the last message that you have, to go on behind it; from now on without it.';
/** Who has not proven an address has an inbox, too. */
const OWN = { unverified: true };

/** Somebody's own notifications. */
@Resolver()
export class InboxResolver {
  constructor(private readonly inbox: InboxService) {}

  @SignedIn()
  @Query(() => NotificationConnection, { nullable: true, description: 'Your notifications, the newest first.' })
  notifications(
    @Arg('filter', () => NotificationFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: NotificationFilter | null | undefined,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Notification>> {
    return this.inbox.list(context, filter, page);
  }

  @SignedIn()
  @Query(() => InboxNotification, {
    nullable: true,
    description: 'A notification of yours by id; null when there is none, or you have deleted it.',
  })
  notification(
    @Arg('id', () => ID, { description: 'Identity of the notification.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Notification | null> {
    return this.inbox.find(context, id);
  }

  @SignedIn()
  @Query(() => Int, { nullable: true, description: 'How many of your notifications you have not read.' })
  async unreadNotificationCount(@Ctx() context: RequestContext): Promise<number> {
    return this.inbox.countUnread(context);
  }

  @SignedIn(OWN)
  @Mutation(() => MarkNotificationReadPayload, {
    nullable: true,
    description:
      'Marks a notification as read, if it is not yet. What has not been sent on other channels is not any more.',
  })
  markNotificationRead(
    @Arg('input', () => MarkNotificationReadInput, { description: 'Which one.' }) input: MarkNotificationReadInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.inbox.read(context, input.notificationId));
  }

  @SignedIn(OWN)
  @Mutation(() => MarkAllNotificationsReadPayload, {
    nullable: true,
    description: 'Marks as read all notifications that you have seen.',
  })
  markAllNotificationsRead(
    @Arg('input', () => MarkAllNotificationsReadInput, { description: 'How far you have seen them.' })
    input: MarkAllNotificationsReadInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.inbox.readAll(context, input.upToId));
  }

  @SignedIn(OWN)
  @Mutation(() => DeleteNotificationPayload, { nullable: true, description: 'Deletes a notification of yours.' })
  deleteNotification(
    @Arg('input', () => DeleteNotificationInput, { description: 'Which one.' }) input: DeleteNotificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.inbox.delete(context, input.notificationId));
  }

  @SignedIn(OWN)
  @Mutation(() => DeleteAllNotificationsPayload, {
    nullable: true,
    description: 'Deletes all notifications that you have seen.',
  })
  deleteAllNotifications(
    @Arg('input', () => DeleteAllNotificationsInput, { description: 'How far you have seen them.' })
    input: DeleteAllNotificationsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.inbox.deleteAll(context, input.upToId));
  }
}

/** Somebody's own notifications, live. */
@Resolver()
export class InboxLiveResolver {
  constructor(readonly live: InboxLiveService) {}

  @SignedIn()
  @Subscription(() => NotificationReceivedEvent, {
    nullable: true,
    description: 'Your new notifications, as they come.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(InboxLiveResolver).live.watchArrivals(context, args.after),
  })
  async notificationReceived(
    @Root() message: LiveMessage,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor: message.cursor, notification: await this.live.received(context, message) };
  }

  @SignedIn()
  @Subscription(() => UnreadNotificationCountChangedEvent, {
    nullable: true,
    description:
      'How many of your notifications are unread, each time that it may have changed; also on your other devices.',
    subscribe: ({ args, context }: Start) => context.resolver(InboxLiveResolver).live.watchCount(context, args.after),
  })
  async unreadNotificationCountChanged(
    @Root() { cursor }: LiveMessage,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, count: await this.live.countUnread(context) };
  }
}
