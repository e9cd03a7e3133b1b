import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { withoutOthers } from '../catalogue/names.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { Digest } from '../deliveries/digest.entity.js';
import { Notification } from '../notifications/notification.entity.js';
import { forgetName } from '../notifications/notification.repository.js';
import { ChannelDigest, Preference, QuietHours } from '../preferences/preference.entity.js';

/** What somebody was told and what became of it, and how they want to be told of things, for the archive. */
export async function collectNotifications(em: EntityManager, userId: string): Promise<PersonalData> {
  const notifications = await em.find(Notification, { userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const ids = notifications.map(({ id }) => id);
  const deliveries = await em.find(
    Delivery,
    { notificationId: { $in: ids } },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  const byNotification = Map.groupBy(deliveries, ({ notificationId }) => notificationId);
  const preferences = await em.find(Preference, { userId }, { orderBy: { type: 'asc', channel: 'asc' } });
  const quietHours = await em.find(QuietHours, { userId });
  const digests = await em.find(ChannelDigest, { userId }, { orderBy: { channel: 'asc' } });
  return {
    sections: {
      notifications: notifications.map(
        ({ id, type, urgency, values, targetKind, targetId, timeZone, readAt, deletedAt, createdAt }) => ({
          ...{ id, type, urgency, targetKind, targetId, timeZone, readAt, deletedAt, createdAt },
          values: withoutOthers(values, userId),
          deliveries: (byNotification.get(id) ?? []).map(
            ({ channel, status, reason, attempts, sentAt, deliveredAt, providerMessageId }) => {
              return { channel, status, reason, attempts, sentAt, deliveredAt, providerMessageId };
            },
          ),
        }),
      ),
      notificationPreferences: preferences.map(({ type, channel, enabled, updatedAt }) => {
        return { type, channel, enabled, updatedAt };
      }),
      notificationQuietHours: quietHours.map(({ startsAt, endsAt, updatedAt }) => ({ startsAt, endsAt, updatedAt })),
      notificationDigests: digests.map(({ channel, mode, updatedAt }) => ({ channel, mode, updatedAt })),
    },
  };
}

/**
 * Removes all of it, and somebody's name from what others were told. What is on its way meanwhile finds nothing to note any
 * more. It may be repeated: names that came late go then.
 */
export async function eraseNotifications(tx: EntityManager, userId: string): Promise<void> {
  // Their deliveries go with them.
  await tx.nativeDelete(Notification, { userId });
  await tx.nativeDelete(Digest, { userId });
  await tx.nativeDelete(Preference, { userId });
  await tx.nativeDelete(QuietHours, { userId });
  await tx.nativeDelete(ChannelDigest, { userId });
  await forgetName(tx, userId);
}
