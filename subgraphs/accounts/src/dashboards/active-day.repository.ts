import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { User } from '../users/user.entity.js';

/** Notes that somebody was here on this day (in UTC); only the first time of a day writes anything. */
export async function recordActiveDay(tx: EntityManager, user: User, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  await sql`
    insert into accounts.active_days (user_id, day, role) values (${user.id}, ${day}, ${user.role})
    on conflict do nothing`.execute(tx.getKysely());
}
