import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { FollowedKind } from './followed-change.rules.js';

/** Something of another room that changed, and the people for whom it did. */
export interface Followed {
  kind: FollowedKind;
  id: string;
  userIds: readonly string[];
  isDeleted?: boolean;
}

/** Notes that something changed for people; their devices hear of it when they ask. One statement. */
export async function noteFollowed(
  tx: EntityManager,
  { kind, id, userIds, isDeleted = false }: Followed,
  now: Date,
): Promise<void> {
  const people = [...new Set(userIds)].sort();
  await sql`
    insert into messaging.followed_changes (user_id, kind, ref_id, is_deleted, changed_at)
    select user_id, ${kind}, ${id}::uuid, ${isDeleted}::boolean, ${now}::timestamptz
    from unnest(${people}::uuid[]) as user_id
    on conflict (user_id, kind, ref_id) do update
      set is_deleted = excluded.is_deleted, changed_at = excluded.changed_at`.execute(tx.getKysely());
}

/** Forgets what changed before a time: every device whose cursor is of use has heard of it. @returns how many */
export async function deleteFollowedBefore(em: EntityManager, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messaging.followed_changes where (user_id, kind, ref_id) in (
      select user_id, kind, ref_id from messaging.followed_changes
      where changed_at < ${before} order by changed_at limit ${limit} for update skip locked
    ) and changed_at < ${before}`.execute(em.getKysely());
  return Number(numAffectedRows ?? 0n);
}
