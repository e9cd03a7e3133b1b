import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type RawBuilder, sql } from 'kysely';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { Notification } from '../notifications/notification.entity.js';

/** One notification on its way over one channel, as it was claimed. */
export interface ClaimedDelivery {
  id: string;
  notification: Notification;
}

/** What is sent as one message: a delivery alone, or all that a digest has collected. */
export interface Dispatch {
  /** Of the delivery or the digest: the same at every try. */
  id: string;
  isDigest: boolean;
  userId: string;
  /** How often it was tried, this time included. */
  attempts: number;
  deliveries: readonly ClaimedDelivery[];
}

/** For so long nobody else claims what was claimed: longer than all messages of a claim take, each within its budget. */
const LEASE_MS = 3 * 60 * 1000;

interface ClaimedRow {
  id: string;
  notification_id: string;
  attempts: number;
  digest_id: string | null;
}

/**
 * Takes what is due on a channel, the most urgent first, for as long as the lease. Others pass over it meanwhile; when this
 * process dies, it is due again afterwards. Counts the try, so that what kills its process is given up, too.
 *
 * @param limit how many messages at most
 */
export function claimDue(em: EntityManager, channel: OutsideChannel, limit: number, now: Date): Promise<Dispatch[]> {
  return transaction(em, async (tx) => {
    const alone = await claimAlone(tx, channel, limit, now);
    const digests = alone.length < limit ? await closeDigests(tx, channel, limit - alone.length, now) : [];
    const rows = [...alone, ...(await claimCollected(tx, digests, now))];
    const notifications = await tx.find(Notification, { id: { $in: rows.map((row) => row.notification_id) } });
    const known = new Map(notifications.map((notification) => [notification.id, notification]));
    const byMessage = Map.groupBy(rows, ({ id, digest_id: digestId }) => digestId ?? id);
    return [...byMessage].flatMap(([id, ofMessage]) => {
      const deliveries = ofMessage.flatMap((row) => {
        const notification = known.get(row.notification_id);
        return notification ? [{ id: row.id, notification }] : [];
      });
      const [first] = deliveries;
      if (!first) return [];
      const attempts = Math.max(...ofMessage.map((row) => row.attempts));
      return [{ id, isDigest: digests.includes(id), userId: first.notification.userId, attempts, deliveries }];
    });
  });
}

async function claimAlone(tx: EntityManager, channel: OutsideChannel, limit: number, now: Date): Promise<ClaimedRow[]> {
  return claimRows(
    tx,
    sql`id in (
      select id from messaging.deliveries
      where status = 'QUEUED' and digest_id is null and channel = ${channel} and due_at <= ${now}
      order by priority, due_at limit ${limit} for update skip locked)`,
    sql`priority, created_at, id`,
    now,
  );
}

/**
 * Closes digests that are due, so that what comes later goes into new ones. One into which something is being put is passed
 * over: whoever does so holds its row.
 */
async function closeDigests(tx: EntityManager, channel: OutsideChannel, limit: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update messaging.digests set closed_at = coalesce(closed_at, ${now}), due_at = ${leaseUntil(now)}
    where id in (
      select id from messaging.digests where finished_at is null and channel = ${channel} and due_at <= ${now}
      order by due_at limit ${limit} for update skip locked)
    returning id`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}

/** A digest that has nothing left that waits is finished. */
async function claimCollected(tx: EntityManager, digests: readonly string[], now: Date): Promise<ClaimedRow[]> {
  if (digests.length === 0) return [];
  const collected = sql`status = 'QUEUED' and digest_id = any(${[...digests]}::uuid[])`;
  const rows = await claimRows(tx, collected, sql`created_at, id`, now);
  const waiting = new Set(rows.map(({ digest_id: digestId }) => digestId));
  const empty = digests.filter((id) => !waiting.has(id));
  if (empty.length > 0) {
    await sql`update messaging.digests set finished_at = ${now} where id = any(${empty}::uuid[])`.execute(
      tx.getKysely(),
    );
  }
  return rows;
}

/** In the order of what is returned by an update nothing can be read: it is that of the plan. */
async function claimRows(
  tx: EntityManager,
  which: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  now: Date,
): Promise<ClaimedRow[]> {
  const { rows } = await sql<ClaimedRow>`
    with claimed as (
      update messaging.deliveries set attempts = attempts + 1, due_at = ${leaseUntil(now)}, updated_at = ${now}
      where ${which} returning id, notification_id, attempts, digest_id, priority, created_at)
    select id, notification_id, attempts, digest_id from claimed order by ${order}`.execute(tx.getKysely());
  return rows;
}

function leaseUntil(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
