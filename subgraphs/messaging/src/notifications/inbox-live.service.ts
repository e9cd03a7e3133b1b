import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { inboxChanged, notificationCreated, notificationDeleted, notificationRead } from '../events.js';
import type { Notification } from './notification.entity.js';
import { countUnread, notificationsById } from './notification.repository.js';

const arrivals = [notificationCreated.type];
const changes = [notificationCreated, notificationRead, notificationDeleted, inboxChanged].map(({ type }) => type);

/** One's own inbox, live. Each message finds what it tells of as it is in the database then. */
export class InboxLiveService {
  constructor(private readonly live: LiveStream) {}

  /** New notifications of the viewer. */
  watchArrivals(context: RequestContext, after: string | null | undefined): AsyncIterable<LiveMessage> {
    return this.watch(context, arrivals, after);
  }

  /** Whatever may change how many are unread. */
  watchCount(context: RequestContext, after: string | null | undefined): AsyncIterable<LiveMessage> {
    return this.watch(context, changes, after);
  }

  /** The notification that a message is about; null when it is gone. */
  async received(context: RequestContext, { event }: LiveMessage): Promise<Notification | null> {
    const notification = event && (await context.loader(notificationsById).load(event.subject));
    if (!notification || notification.deletedAt) return null;
    return context.isUser(notification.userId) ? notification : null;
  }

  /** How many are unread as a message comes. */
  countUnread({ em, user }: RequestContext): Promise<number> {
    return countUnread(em, user.userId);
  }

  private watch(
    { user, signal }: RequestContext,
    types: readonly string[],
    after: string | null | undefined,
  ): AsyncIterable<LiveMessage> {
    return this.live.subscribe({ after, keys: [`user:${user.userId}`], types, signal });
  }
}
