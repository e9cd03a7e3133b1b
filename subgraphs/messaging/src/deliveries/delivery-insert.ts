import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import type { NotificationChannel, Urgency } from '../notifications/notification.rules.js';
import { priorityOf } from './delivery.rules.js';
import type { PlannedDelivery } from './plan.rules.js';

/** A planned delivery of a notification that is there. */
interface DeliveryToInsert extends PlannedDelivery {
  notificationId: string;
  userId: string;
  urgency: Urgency;
}

/** A digest that is open, by its person and channel. */
interface OpenDigest {
  id: string;
  user_id: string;
  channel: NotificationChannel;
  due_at: string;
}

/** Inserts deliveries, those that are collected into the open digests of their people: two statements at most. */
export async function insertDeliveries(
  tx: EntityManager,
  deliveries: readonly DeliveryToInsert[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return;
  const digests = await openDigests(
    tx,
    deliveries.filter(({ inDigest }) => inDigest),
    now,
  );
  const rows = deliveries.map((delivery) => {
    const { notificationId, channel, dueAt } = delivery;
    const digest = delivery.inDigest ? digests.get(keyOf(delivery.userId, channel)) : undefined;
    // What lies in the inbox has arrived.
    const status = channel === 'IN_APP' ? 'DELIVERED' : 'QUEUED';
    return {
      id: newId(),
      notification_id: notificationId,
      channel,
      status,
      due_at: digest?.due_at ?? dueAt,
      digest_id: digest?.id ?? null,
      priority: priorityOf(delivery.urgency),
    };
  });
  await sql`
    insert into messaging.deliveries
      (id, notification_id, channel, status, attempts, priority, due_at, digest_id, sent_at, delivered_at, created_at,
       updated_at)
    select d.id, d.notification_id, d.channel, d.status, 0, d.priority, d.due_at, d.digest_id,
      case d.status when 'DELIVERED' then ${now}::timestamptz end,
      case d.status when 'DELIVERED' then ${now}::timestamptz end, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (
      id uuid, notification_id uuid, channel text, status text, due_at timestamptz, digest_id uuid,
      priority smallint)`.execute(tx.getKysely());
}

/**
 * The open digest of each person and channel, made where there is none. Its row stays locked until the transaction ends: a
 * digest is closed either before, and then this finds another one, or after what is put into it now.
 */
async function openDigests(
  tx: EntityManager,
  deliveries: readonly DeliveryToInsert[],
  now: Date,
): Promise<Map<string, OpenDigest>> {
  if (deliveries.length === 0) return new Map();
  const wanted = new Map(
    deliveries.map(({ userId, channel, dueAt }) => [
      keyOf(userId, channel),
      { id: newId(), user_id: userId, channel, due_at: dueAt },
    ]),
  );
  const { rows } = await sql<OpenDigest>`
    insert into messaging.digests as known (id, user_id, channel, due_at, created_at)
    select d.id, d.user_id, d.channel, d.due_at, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify([...wanted.values()])}::jsonb) as d (
      id uuid, user_id uuid, channel text, due_at timestamptz)
    order by d.user_id, d.channel
    on conflict (user_id, channel) where closed_at is null do update set due_at = known.due_at
    returning id, user_id, channel, due_at`.execute(tx.getKysely());
  return new Map(rows.map((row) => [keyOf(row.user_id, row.channel), row]));
}

function keyOf(userId: string, channel: NotificationChannel): string {
  return `${userId} ${channel}`;
}
