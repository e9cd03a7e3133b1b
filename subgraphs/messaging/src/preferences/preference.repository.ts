import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { DigestMode } from '../deliveries/delivery.rules.js';
import { type PersonSettings, switchKey } from '../deliveries/plan.rules.js';
import type { NotificationChannel } from '../notifications/notification.rules.js';
import { ChannelDigest, Preference, QuietHours } from './preference.entity.js';
import type { QuietSpan } from './quiet-hours.rules.js';

/** What people decided on how they are told, of these types or of all: three statements for any number of people. */
export async function settingsOf(
  em: EntityManager,
  userIds: readonly string[],
  types?: readonly string[],
): Promise<(userId: string) => PersonSettings> {
  const ofPeople = { userId: { $in: [...new Set(userIds)] } };
  const ofTypes = types ? { ...ofPeople, type: { $in: [...new Set(types)] } } : ofPeople;
  const preferences = Map.groupBy(await em.find(Preference, ofTypes), ({ userId }) => userId);
  const quietHours = new Map((await em.find(QuietHours, ofPeople)).map((row) => [row.userId, row]));
  const digests = Map.groupBy(await em.find(ChannelDigest, ofPeople), ({ userId }) => userId);
  return (userId) => ({
    switches: new Map(
      preferences.get(userId)?.map(({ type, channel, enabled }) => [switchKey(type, channel), enabled]),
    ),
    quietHours: quietHours.get(userId) ?? null,
    digests: new Map(digests.get(userId)?.map(({ channel, mode }) => [channel, mode])),
  });
}

/** A decision on a type and a channel; null takes it back. */
interface SwitchChange {
  type: string;
  channel: NotificationChannel;
  isEnabled: boolean | null;
}

/** Writes decisions down, in the order of their key. */
export async function saveSwitches(
  tx: EntityManager,
  userId: string,
  changes: readonly SwitchChange[],
  now: Date,
): Promise<void> {
  const rows = (wanted: boolean) => JSON.stringify(changes.filter(({ isEnabled }) => (isEnabled === null) !== wanted));
  const db = tx.getKysely();
  await sql`delete from messaging.preferences p
    using jsonb_to_recordset(${rows(false)}::jsonb) as c (type text, channel text)
    where p.user_id = ${userId} and p.type = c.type and p.channel = c.channel`.execute(db);
  await sql`insert into messaging.preferences (user_id, type, channel, enabled, updated_at)
    select ${userId}::uuid, c.type, c.channel, c."isEnabled", ${now}::timestamptz
    from jsonb_to_recordset(${rows(true)}::jsonb) as c (type text, channel text, "isEnabled" boolean)
    order by c.type, c.channel
    on conflict (user_id, type, channel) do update set enabled = excluded.enabled, updated_at = excluded.updated_at`.execute(
    db,
  );
}

/** Writes quiet hours down; null ends them. */
export async function saveQuietHours(
  tx: EntityManager,
  userId: string,
  span: QuietSpan | null,
  now: Date,
): Promise<void> {
  if (!span) {
    await tx.nativeDelete(QuietHours, { userId });
    return;
  }
  await sql`insert into messaging.quiet_hours (user_id, starts_at, ends_at, updated_at)
    values (${userId}, ${span.startsAt}, ${span.endsAt}, ${now})
    on conflict (user_id) do update
      set starts_at = excluded.starts_at, ends_at = excluded.ends_at, updated_at = excluded.updated_at`.execute(
    tx.getKysely(),
  );
}

/** Writes down how messages are collected. */
export async function saveDigests(
  tx: EntityManager,
  userId: string,
  changes: readonly { channel: NotificationChannel; mode: DigestMode }[],
  now: Date,
): Promise<void> {
  await sql`insert into messaging.channel_digests (user_id, channel, mode, updated_at)
    select ${userId}::uuid, c.channel, c.mode, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c (channel text, mode text) order by c.channel
    on conflict (user_id, channel) do update set mode = excluded.mode, updated_at = excluded.updated_at`.execute(
    tx.getKysely(),
  );
}
