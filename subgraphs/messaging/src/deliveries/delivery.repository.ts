import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { type OutsideChannel, outsideChannels } from '../channels/channel.rules.js';
import type { NotificationChannel } from '../notifications/notification.rules.js';
import { Delivery } from './delivery.entity.js';
import type { DeliveryStatus } from './delivery.rules.js';

/** Channels on which something is due. */
export async function channelsDue(em: EntityManager, now: Date): Promise<OutsideChannel[]> {
  const { rows } = await sql<{ channel: OutsideChannel }>`
    select channel from unnest(${[...outsideChannels]}::text[]) as c (channel)
    where exists (select from messaging.deliveries d
        where d.status = 'QUEUED' and d.digest_id is null and d.channel = c.channel and d.due_at <= ${now})
      or exists (select from messaging.digests d
        where d.finished_at is null and d.channel = c.channel and d.due_at <= ${now})`.execute(em.getKysely());
  return rows.map(({ channel }) => channel);
}

/** Deliveries of notifications by their ids, the oldest first, batched. */
export const deliveriesByNotification = defineLoader<string, Delivery[]>(
  async ({ em }, ids) => {
    const found = await em.find(
      Delivery,
      { notificationId: { $in: [...ids] } },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return Map.groupBy(found, ({ notificationId }) => notificationId);
  },
  { absent: () => [] },
);

/** Which deliveries; conditions add up. */
export interface DeliverySelection {
  userId?: string | null | undefined;
  channel?: NotificationChannel | null | undefined;
  status?: DeliveryStatus | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

/** A page of everybody's deliveries, the newest first. */
export function findDeliveries(
  em: EntityManager,
  { userId, channel, status, from, to }: DeliverySelection,
  page: PageRequest,
): Promise<Connection<Delivery>> {
  const conditions = [
    sql`true`,
    ...(userId ? [isId(userId) ? sql`n.user_id = ${userId}` : sql`false`] : []),
    ...(channel ? [sql`t.channel = ${channel}`] : []),
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(from ? [sql`t.created_at >= ${from}`] : []),
    ...(to ? [sql`t.created_at < ${to}`] : []),
  ];
  const order = [
    { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ] as const;
  const list = sql`from messaging.deliveries t join messaging.notifications n on n.id = t.notification_id
    where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Delivery, from: list, order }, page);
}
