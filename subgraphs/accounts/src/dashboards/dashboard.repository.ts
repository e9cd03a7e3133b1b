import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { daysOf, type Span } from './dashboard.rules.js';

/** Figures about people. */
export interface PeopleFigures {
  totalUsers: number;
  newUsers: number;
  activeTutors: number;
  activeStudents: number;
}

/** Counts people in one statement. Whoever never proved an address is nobody yet. */
export async function countPeople(em: EntityManager, span: Span): Promise<PeopleFigures> {
  const { first, last } = daysOf(span);
  const { rows } = await sql<PeopleFigures>`
    select count(*)::int as "totalUsers",
           (count(*) filter (where created_at >= ${span.from}::timestamptz))::int as "newUsers",
           (select count(distinct user_id)::int from accounts.active_days
             where day between ${first}::date and ${last}::date and role = 'TUTOR') as "activeTutors",
           (select count(distinct user_id)::int from accounts.active_days
             where day between ${first}::date and ${last}::date and role = 'STUDENT') as "activeStudents"
      from accounts.users
     where created_at < ${span.to}::timestamptz and erased_at is null
       and (email_verified_at is not null or telegram_id is not null)`.execute(em.getKysely());
  const [figures] = rows;
  if (!figures) throw new Error('A statement without groups answers one row');
  return figures;
}
