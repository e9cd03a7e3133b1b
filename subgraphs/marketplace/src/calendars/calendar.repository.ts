import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { Calendar } from './calendar.entity.js';

/**
 * Locks the calendars of these people until the transaction ends, in the order of their ids; one that is not there yet is
 * made. Everything that reads or changes when somebody is busy comes after this.
 */
export async function lockCalendars(tx: EntityManager, userIds: readonly string[]): Promise<void> {
  const people = [...new Set(userIds)].sort();
  const rows = people.map((userId) => sql`(${newId()}::uuid, ${userId}::uuid, now())`);
  const db = tx.getKysely();
  await sql`insert into marketplace.calendars (id, user_id, created_at) values ${sql.join(rows)}
    on conflict (user_id) do nothing`.execute(db);
  await sql`select id from marketplace.calendars where user_id = any(${people}::uuid[]) order by id for update`.execute(
    db,
  );
}

/** Somebody's calendar, locked until the transaction ends. */
export async function lockCalendar(tx: EntityManager, userId: string): Promise<Calendar> {
  await lockCalendars(tx, [userId]);
  return tx.findOneOrFail(Calendar, { userId });
}
