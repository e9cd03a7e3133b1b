import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { insertDeliveries } from '../deliveries/delivery-insert.js';
import type { WakeDeliveries } from '../deliveries/delivery-jobs.js';
import { planDeliveries } from '../deliveries/plan.rules.js';
import { notificationCreated } from '../events.js';
import { settingsOf } from '../preferences/preference.repository.js';
import type { NewNotification } from './new-notification.js';
import { insertNotifications } from './notification-insert.js';

/** Tells people things: the one way by which notifications are made. */
export class Notifier {
  constructor(private readonly wake: WakeDeliveries) {}

  /**
   * Makes the notifications that are not there yet, plans their deliveries by what each person decided (switches, quiet
   * hours, digests) and starts those that are due. All of it with the caller's transaction; the number of statements does
   * not depend on how many there are. Give at most a thousand at once, and lock nothing that another such call may wait for
   * behind its notifications.
   *
   * @param tx the EntityManager that `transaction` gave
   */
  async notify(tx: EntityManager, notifications: readonly NewNotification[], now = new Date()): Promise<void> {
    if (notifications.length === 0) return;
    const settings = await settingsOf(
      tx,
      notifications.map(({ userId }) => userId),
      notifications.map(({ type }) => type),
    );
    const candidates = notifications.flatMap((notification) => {
      const deliveries = planDeliveries(notification, settings(notification.userId), now);
      const isInApp = deliveries.some(({ channel }) => channel === 'IN_APP');
      return deliveries.length > 0 ? [{ notification, deliveries, isInApp }] : [];
    });
    if (candidates.length === 0) return;
    const made = await insertNotifications(tx, candidates, now);
    const deliveries = made.flatMap(({ id, candidate }) => {
      const { userId, urgency } = candidate.notification;
      return candidate.deliveries.map((planned) => ({ ...planned, notificationId: id, userId, urgency }));
    });
    await insertDeliveries(tx, deliveries, now);
    for (const { id, candidate } of made) {
      const { userId } = candidate.notification;
      if (candidate.isInApp) recordEvent(tx, notificationCreated.create({ subject: id, data: { userId } }));
    }
    await this.wake(
      tx,
      deliveries.filter(({ dueAt, inDigest }) => !inDigest && dueAt <= now).map(({ channel }) => channel),
    );
  }
}
