import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Notification } from './notification.entity.js';

/** Which notifications of an inbox; conditions add up. */
export interface NotificationSelection {
  unreadOnly?: boolean | null | undefined;
  types?: readonly string[] | null | undefined;
}

/** Notifications by id, whoever's and deleted ones too, batched. */
export const notificationsById = defineLoader<string, Notification | null>(
  async ({ em }, ids) => {
    const found = await em.find(Notification, { id: { $in: ids.filter(isId) } });
    return new Map(found.map((notification) => [notification.id, notification]));
  },
  { absent: () => null },
);

/** A page of somebody's inbox, the newest first. */
export function findInbox(
  em: EntityManager,
  userId: string,
  { unreadOnly, types }: NotificationSelection,
  page: PageRequest,
): Promise<Connection<Notification>> {
  const conditions = [
    inInboxOf(userId),
    ...(unreadOnly ? [sql`t.read_at is null`] : []),
    ...(types ? [sql`t.type = any(${[...types]}::text[])`] : []),
  ];
  const order = [
    { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ] as const;
  const from = sql`from messaging.notifications t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Notification, from, order }, page);
}

/** How many notifications of somebody are unread. */
export async function countUnread(em: EntityManager, userId: string): Promise<number> {
  return (await unreadCounts(em, [userId])).get(userId) ?? 0;
}

/** How many notifications of people are unread; who has none is not in it. */
export async function unreadCounts(em: EntityManager, userIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ user_id: string; count: number }>`
    select user_id, count(*)::int as count from messaging.notifications
    where user_id = any(${[...userIds]}::uuid[]) and is_in_app and deleted_at is null and read_at is null
    group by user_id`.execute(em.getKysely());
  return new Map(rows.map(({ user_id: userId, count }) => [userId, count]));
}

/** Marks one as read unless it is. @returns did it change? */
export async function markRead(tx: EntityManager, userId: string, id: string, now: Date): Promise<boolean> {
  return (
    (await change(tx, sql`set read_at = ${now}`, sql`${inInboxOf(userId)} and t.id = ${id} and t.read_at is null`)) > 0
  );
}

/** Marks all as read that are as old as one of them or older; all without one. @returns how many changed */
export function markAllRead(tx: EntityManager, userId: string, upTo: Notification | null, now: Date): Promise<number> {
  return change(
    tx,
    sql`set read_at = ${now}`,
    sql`${inInboxOf(userId)} and t.read_at is null and ${notNewerThan(upTo)}`,
  );
}

/** Empties one, so that only its place is left. @returns did it change? */
export async function deleteOne(tx: EntityManager, userId: string, id: string, now: Date): Promise<boolean> {
  return (await change(tx, emptied(now), sql`${inInboxOf(userId)} and t.id = ${id}`)) > 0;
}

/** Empties all that are as old as one of them or older; all without one. @returns how many changed */
export function deleteAll(tx: EntityManager, userId: string, upTo: Notification | null, now: Date): Promise<number> {
  return change(tx, emptied(now), sql`${inInboxOf(userId)} and ${notNewerThan(upTo)}`);
}

/** Removes some that are older for good, with their deliveries. @returns how many */
export async function purgeNotifications(em: EntityManager, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messaging.notifications where id in (
      select id from messaging.notifications where created_at < ${before} order by created_at limit ${limit}
      for update skip locked)`.execute(em.getKysely());
  return Number(numAffectedRows ?? 0n);
}

/** Removes some digests whose deliveries are gone. @returns how many */
export async function purgeDigests(em: EntityManager, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messaging.digests where id in (
      select id from messaging.digests where finished_at < ${before} limit ${limit} for update skip locked)`.execute(
    em.getKysely(),
  );
  return Number(numAffectedRows ?? 0n);
}

/**
 * Takes somebody's name, and whose it is, out of what others were told; texts speak of a deleted account then. The rows are
 * locked in the order of their ids, so that two that do so at once wait for each other rather than for ever.
 */
export async function forgetName(tx: EntityManager, userId: string): Promise<void> {
  // That there are mentions at all is said for the index, which has no others.
  await sql`
    with mentioning as materialized (
      select id from messaging.notifications
       where mentions @> array[${userId}::uuid] and mentions <> '{}'
       order by id for update)
    update messaging.notifications t
       set mentions = array_remove(t.mentions, ${userId}::uuid),
           "values" = t."values" || (
             select coalesce(jsonb_object_agg(emptied.key, ''), '{}') from jsonb_each_text(t."values") as here (key, value)
              cross join lateral (values (here.key), (regexp_replace(here.key, 'Id$', 'Name'))) as emptied (key)
              where here.value = ${userId}::uuid::text and here.key ~ '^\\w+Id$'
                and t."values" ? regexp_replace(here.key, 'Id$', 'Name'))
      from mentioning m where t.id = m.id`.execute(tx.getKysely());
}

async function change(tx: EntityManager, what: RawBuilder<unknown>, where: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`update messaging.notifications t ${what} where ${where}`.execute(
    tx.getKysely(),
  );
  return Number(numAffectedRows ?? 0n);
}

function inInboxOf(userId: string): RawBuilder<unknown> {
  return sql`t.user_id = ${userId} and t.is_in_app and t.deleted_at is null`;
}

function emptied(now: Date): RawBuilder<unknown> {
  return sql`set deleted_at = ${now}, "values" = '{}', mentions = '{}', target_kind = null, target_id = null`;
}

/** In the order of the inbox. The moment is the row's own: what JavaScript knows of it is rounded. */
function notNewerThan(upTo: Notification | null): RawBuilder<unknown> {
  if (!upTo) return sql`true`;
  return sql`(t.created_at, t.id) <= (select n.created_at, n.id from messaging.notifications n where n.id = ${upTo.id})`;
}
