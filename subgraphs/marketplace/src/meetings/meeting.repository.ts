import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/**
 * Lessons that go on or begin within a day, whose room by `roomStep` is to be made or moved and at which no job works; the
 * nearest first.
 */
export async function findUnpreparedLessons(em: EntityManager, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from marketplace.bookings
     where status = any (array['CONFIRMED', 'IN_PROGRESS'])
       and starts_at > ${now}::timestamptz - interval '1 day' and starts_at <= ${now}::timestamptz + interval '1 day'
       and ends_at > ${now}
       and (meeting_provider is null or meeting_id is null or meeting_sequence is distinct from sequence)
       and (meeting_claimed_until is null or meeting_claimed_until <= ${now})
     order by starts_at, id limit ${limit}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}
