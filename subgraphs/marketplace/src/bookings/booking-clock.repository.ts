import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/**
 * Bookings for which something is due by `dueSteps`, those that wait longest first. It locks nothing: whoever moves one on
 * locks it and looks again.
 */
export async function findDueBookings(
  em: EntityManager,
  now: Date,
  { except, limit }: { except: readonly string[]; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select b.id, least(b.expires_at, b.starts_at) as due_at from marketplace.bookings b
       where b.expires_at is not null and least(b.expires_at, b.starts_at) <= ${now}
      union all
      select b.id, b.starts_at from marketplace.bookings b join marketplace.policies p on p.id = b.policy_id
       where b.status = any (array['CONFIRMED', 'IN_PROGRESS']) and b.starts_at <= ${now}::timestamptz + interval '24 hours'
         and case
           when b.status = 'IN_PROGRESS'
             then b.ends_at + make_interval(hours => (p.rules ->> 'completedAfterHours')::int) <= ${now}
           when b.starts_at <= ${now} then true
           when b.starts_at <= ${now}::timestamptz + interval '1 hour' then not 1 = any (b.reminded_hours)
           else not 24 = any (b.reminded_hours)
         end
    ) due
    where id <> all (${[...except]}::uuid[])
    order by due_at, id limit ${limit}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** How many lessons are going on, whether or not their jobs have noticed it yet. */
export async function countLessonsInProgress(em: EntityManager, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from marketplace.bookings
     where status = any (array['CONFIRMED', 'IN_PROGRESS'])
       and starts_at > ${now}::timestamptz - interval '1 day' and starts_at <= ${now} and ends_at > ${now}`.execute(
    em.getKysely(),
  );
  return rows[0]?.count ?? 0;
}
