import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { Device } from './device.entity.js';
import { type DevicePlatform, MOST_DEVICES, MOST_TOPICS } from './device.rules.js';

/** A device that somebody registers. */
export interface NewDevice {
  id: string;
  userId: string;
  sessionId: string;
  platform: DevicePlatform;
  token: string;
  tokenHash: string;
  p256dh: string | null;
  auth: string | null;
  now: Date;
}

/** Devices on which somebody takes pushes, those seen last first. */
export function findDevicesOf(em: EntityManager, userId: string): Promise<Device[]> {
  return em.find(Device, { userId }, { orderBy: { lastSeenAt: 'desc', id: 'desc' } });
}

/**
 * Adds a device, or takes it over from whoever had it before with nothing of theirs; of two at once the later one has it.
 *
 * @returns its id
 */
export async function saveDevice(tx: EntityManager, device: NewDevice): Promise<string> {
  const { id, userId, sessionId, platform, token, tokenHash, p256dh, auth, now } = device;
  const { rows } = await sql<{ id: string }>`
    insert into messaging.devices as known
      (id, user_id, session_id, platform, token, token_hash, p256dh, auth, topics, created_at, last_seen_at)
    values (${id}::uuid, ${userId}::uuid, ${sessionId}::uuid, ${platform}, ${token}, ${tokenHash}, ${p256dh}, ${auth}, '{}',
            ${now}::timestamptz, ${now}::timestamptz)
    on conflict (token_hash) do update
       set id = case when known.user_id = excluded.user_id then known.id else excluded.id end,
           topics = case when known.user_id = excluded.user_id then known.topics else '{}' end,
           created_at = case when known.user_id = excluded.user_id then known.created_at else excluded.created_at end,
           user_id = excluded.user_id, session_id = excluded.session_id, platform = excluded.platform,
           p256dh = excluded.p256dh, auth = excluded.auth, last_seen_at = excluded.last_seen_at
    returning id`.execute(tx.getKysely());
  const [saved] = rows;
  if (!saved) throw new Error('A device was not saved; look at the constraints of messaging.devices');
  return saved.id;
}

/** Locks somebody's devices, so that another registration of theirs waits. */
export async function lockDevicesOf(tx: EntityManager, userId: string): Promise<void> {
  await sql`select id from messaging.devices where user_id = ${userId}::uuid order by id for update`.execute(
    tx.getKysely(),
  );
}

/** Drops the devices of somebody beyond the most that one may have: those that were not seen for longest. */
export async function trimDevices(tx: EntityManager, userId: string): Promise<void> {
  await sql`
    delete from messaging.devices where id in (
      select id from messaging.devices where user_id = ${userId}::uuid
       order by last_seen_at desc, id desc offset ${MOST_DEVICES})`.execute(tx.getKysely());
}

/** Somebody's own device; null when they have no such one. */
export function findDevice(em: EntityManager, userId: string, id: string): Promise<Device | null> {
  return isId(id) ? em.findOne(Device, { id, userId }, { refresh: true }) : Promise.resolve(null);
}

/** Has a device listen to a topic. @returns false when it listens to as many as it may */
export async function addTopic(em: EntityManager, id: string, topic: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update messaging.devices
       set topics = array(select distinct unnest(topics || ${topic}::text) order by 1)
     where id = ${id}::uuid and (cardinality(topics) < ${MOST_TOPICS} or ${topic} = any (topics))`.execute(
    em.getKysely(),
  );
  return numAffectedRows === 1n;
}

/** Has a device listen to a topic no more. */
export async function removeTopic(em: EntityManager, id: string, topic: string): Promise<void> {
  await sql`update messaging.devices set topics = array_remove(topics, ${topic}::text) where id = ${id}::uuid`.execute(
    em.getKysely(),
  );
}

/** Forgets one of somebody's devices. */
export async function deleteDevice(em: EntityManager, userId: string, id: string): Promise<void> {
  if (isId(id)) await em.nativeDelete(Device, { id, userId });
}

/** Drops devices that their provider knows no longer, unless they were registered again since. */
export async function deleteDevices(em: EntityManager, devices: readonly Device[]): Promise<void> {
  if (devices.length === 0) return;
  await em.nativeDelete(Device, { $or: devices.map(({ id, userId, lastSeenAt }) => ({ id, userId, lastSeenAt })) });
}

/** Drops what a session has registered. */
export async function deleteDevicesOfSession(tx: EntityManager, sessionId: string): Promise<void> {
  await tx.nativeDelete(Device, { sessionId });
}

/** Drops everything of somebody. */
export async function deleteDevicesOf(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(Device, { userId });
}

/** Drops devices that were last seen before a moment, at most `limit`; answers how many. */
export async function deleteDevicesUnseenSince(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const unseen = await em.find(Device, { lastSeenAt: { $lt: moment } }, { fields: ['id'], limit });
  return em.nativeDelete(Device, { id: { $in: unseen.map(({ id }) => id) }, lastSeenAt: { $lt: moment } });
}

/** People who have a device that listens to a topic, in order of id; those after `after`. */
export async function findUsersOfTopic(
  em: EntityManager,
  topic: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select distinct user_id as "userId" from messaging.devices
     where topics @> array[${topic}::text] and (${after}::uuid is null or user_id > ${after}::uuid)
     order by 1 limit ${limit}`.execute(em.getKysely());
  return rows.map(({ userId }) => userId);
}
