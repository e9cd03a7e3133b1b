import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { MessagingErrorCode } from '../errors.js';
import { inboxChanged, notificationDeleted, notificationRead } from '../events.js';
import { Notification } from './notification.entity.js';
import {
  countUnread,
  deleteAll,
  deleteOne,
  findInbox,
  markAllRead,
  markRead,
  type NotificationSelection,
  notificationsById,
} from './notification.repository.js';

type ChangeAll = (tx: EntityManager, userId: string, upTo: Notification | null, now: Date) => Promise<number>;

/** Reading and tidying one's own notifications. All of it may be repeated. */
export class InboxService {
  /** A page of the viewer's inbox, the newest first. @throws BAD_USER_INPUT */
  list(
    { em, user }: RequestContext,
    selection: NotificationSelection | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Notification>> {
    return findInbox(em, user.userId, selection ?? {}, page);
  }

  /** One of the viewer's inbox; null when there is none. */
  async find(context: RequestContext, id: string): Promise<Notification | null> {
    const notification = await ownOf(context, id);
    return notification && !notification.deletedAt ? notification : null;
  }

  /** How many are unread. */
  countUnread({ em, user }: RequestContext): Promise<number> {
    return countUnread(em.fork(), user.userId);
  }

  /** Marks one as read. @throws Refusal NOT_FOUND */
  async read(context: RequestContext, id: string) {
    const { user } = context;
    const { id: notificationId } = wanted(await this.find(context, id), 'notificationId');
    const notification = await transaction(context.em, async (tx) => {
      if (await markRead(tx, user.userId, notificationId, new Date())) {
        recordEvent(tx, notificationRead.create({ subject: notificationId, data: { userId: user.userId } }));
      }
      return tx.findOne(Notification, { id: notificationId, deletedAt: null });
    });
    return { notification, unreadCount: await this.countUnread(context) };
  }

  /** Marks as read what the viewer has seen. @throws Refusal NOT_FOUND */
  async readAll(context: RequestContext, upToId: string | null | undefined) {
    const changedCount = await changeAll(context, upToId, markAllRead);
    return { changedCount, unreadCount: await this.countUnread(context) };
  }

  /** Deletes one; its place stays for a while, so that other devices learn of it. @throws Refusal NOT_FOUND */
  async delete(context: RequestContext, id: string) {
    const { user } = context;
    const { id: deletedNotificationId } = wanted(await ownOf(context, id), 'notificationId');
    await transaction(context.em, async (tx) => {
      if (!(await deleteOne(tx, user.userId, deletedNotificationId, new Date()))) return;
      recordEvent(tx, notificationDeleted.create({ subject: deletedNotificationId, data: { userId: user.userId } }));
    });
    return { deletedNotificationId, unreadCount: await this.countUnread(context) };
  }

  /** Deletes what the viewer has seen. @throws Refusal NOT_FOUND */
  async deleteAll(context: RequestContext, upToId: string | null | undefined) {
    const deletedCount = await changeAll(context, upToId, deleteAll);
    return { deletedCount, unreadCount: await this.countUnread(context) };
  }
}

async function changeAll(
  context: RequestContext,
  upToId: string | null | undefined,
  change: ChangeAll,
): Promise<number> {
  const { userId } = context.user;
  // One that was deleted meanwhile still has its place.
  const upTo = upToId ? wanted(await ownOf(context, upToId), 'upToId') : null;
  return transaction(context.em, async (tx) => {
    const changed = await change(tx, userId, upTo, new Date());
    if (changed > 0) recordEvent(tx, inboxChanged.create({ subject: userId, data: { userId } }));
    return changed;
  });
}

/** One of the viewer's inbox, also when it is deleted. */
async function ownOf(context: RequestContext, id: string): Promise<Notification | null> {
  const notification = await context.loader(notificationsById).load(id);
  return notification?.isInApp && context.isUser(notification.userId) ? notification : null;
}

function wanted(notification: Notification | null, field: string): Notification {
  if (notification) return notification;
  throw new Refusal<MessagingErrorCode>('NOT_FOUND', ['input', field]);
}
