import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import { Delivery } from '../src/deliveries/delivery.entity.js';
import type { WakeDeliveries } from '../src/deliveries/delivery-jobs.js';
import type { NewNotification } from '../src/notifications/new-notification.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { Notifier } from '../src/notifications/notify.js';

/** The database of the messaging room of a test, as one request sees it. */
export function database(graph: TestGraph): EntityManager {
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('messaging does not run');
  return room.orm.em.fork();
}

/** A message of staff, which every reader can read. */
export function notice(changes: Partial<NewNotification> = {}): NewNotification {
  return {
    userId: newId(),
    type: 'STAFF_MESSAGE',
    sourceId: newId(),
    urgency: 'NORMAL',
    channels: ['IN_APP', 'EMAIL'],
    values: {
      'title:en': 'We are closed',
      'body:en': 'On Monday <all> day.',
      'title:ru': 'Мы закрыты',
      'body:ru': 'Весь понедельник.',
    },
    target: null,
    timeZone: 'UTC',
    ...changes,
  };
}

/** Makes notifications; whatever sends them is left to the test unless it gives what wakes it. */
export function notify(
  graph: TestGraph,
  list: readonly NewNotification[],
  { now, wake = async () => {} }: { now?: Date; wake?: WakeDeliveries } = {},
): Promise<void> {
  const notifier = new Notifier(wake);
  return transaction(database(graph), (tx) => notifier.notify(tx, list, now));
}

/** What somebody was told, the oldest first. */
export function notificationsOf(graph: TestGraph, userId: string): Promise<Notification[]> {
  return database(graph).find(Notification, { userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** What became of it on each channel. */
export async function deliveriesOf(graph: TestGraph, userId: string): Promise<Delivery[]> {
  const ids = (await notificationsOf(graph, userId)).map(({ id }) => id);
  return database(graph).find(
    Delivery,
    { notificationId: { $in: ids } },
    { orderBy: { channel: 'asc', dueAt: 'asc', id: 'asc' } },
  );
}
