import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { AudienceArguments, AudienceMember } from './audience.types.js';

/** Which accounts. */
export type AudienceFilter = Pick<AudienceArguments, keyof AudienceArguments>;

/** Accounts that can be used, by their ids: by the index of roles or the primary key. One statement. */
export async function findAudience(
  em: EntityManager,
  filter: AudienceFilter,
  page: { first: number; after: string | null },
): Promise<AudienceMember[]> {
  const behind = page.after ? sql`and u.id > ${page.after}::uuid` : sql``;
  const { rows } = await sql<{ id: string; time_zone: string }>`
    select u.id, u.time_zone from accounts.users u where ${conditions(filter)} ${behind} order by u.id limit ${page.first}`.execute(
    em.getKysely(),
  );
  return rows.map(({ id, time_zone: timeZone }) => ({ id, timeZone }));
}

/** How many accounts that are. */
export async function countAudience(em: EntityManager, filter: AudienceFilter): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select count(*)::int as number from accounts.users u where ${conditions(filter)}`.execute(em.getKysely());
  return rows[0]?.number ?? 0;
}

/** Who is suspended or erased reads nothing. */
function conditions(filter: AudienceFilter): RawBuilder<unknown> {
  const { role, locale, registeredAfter, registeredBefore, inactiveSinceDays: days, emailVerified } = filter;
  const all = [sql`u.erased_at is null and u.suspended_at is null`];
  if (role) all.push(sql`u.role = ${role}`);
  if (locale) all.push(sql`u.locale = ${locale}`);
  if (registeredAfter) all.push(sql`u.created_at >= ${registeredAfter}::timestamptz`);
  if (registeredBefore) all.push(sql`u.created_at < ${registeredBefore}::timestamptz`);
  if (emailVerified !== null && emailVerified !== undefined) {
    all.push(emailVerified ? sql`u.email_verified_at is not null` : sql`u.email_verified_at is null`);
  }
  // Days are kept in UTC; a new account was here on the day on which it was opened.
  if (days) {
    all.push(sql`u.created_at < now() - make_interval(days => ${days}::int) and not exists (
      select from accounts.active_days d
      where d.user_id = u.id and d.day > (now() at time zone 'UTC')::date - ${days}::int)`);
  }
  return sql.join(all, sql` and `);
}
