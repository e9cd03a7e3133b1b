import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import type { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import type { GoogleDeparture } from './google-lesson.entity.js';

/** A departure as it is worked at. */
export interface Departure extends Pick<GoogleDeparture, 'id' | 'accountHash' | 'sealedAccess' | 'bookingIds'> {
  /** Is this the last try? */
  isLast: boolean;
}

/** What Google has not let us clear after so many days stays. */
const TRIED_DAYS = 3;

/**
 * Notes that a Google calendar has to be cleared, before it is forgotten. It waits for whoever writes a lesson at this
 * moment.
 *
 * @returns when it can be cleared; null when it is none of Google
 */
export async function leaveGoogle(tx: EntityManager, calendar: ExternalCalendar, now: Date): Promise<Date | null> {
  if (calendar.kind !== 'GOOGLE') return null;
  const db = tx.getKysely();
  // Whoever begins to write a lesson refers to this row, and so comes before this or not at all.
  await sql`select id from marketplace.external_calendars where id = ${calendar.id} for update`.execute(db);
  const { rows } = await sql<{ dueAt: string }>`
    insert into marketplace.google_departures (id, account_hash, sealed_access, booking_ids, due_at, created_at)
    select ${newId()}::uuid, c.address_hash, c.sealed_access,
           coalesce(array_agg(b.id) filter (where b.ends_at is null or b.ends_at > ${now}), '{}'),
           greatest(${now}::timestamptz, max(l.claimed_until)), ${now}::timestamptz
      from marketplace.external_calendars c
      left join marketplace.google_lessons l on l.calendar_id = c.id
      left join marketplace.bookings b on b.id = l.booking_id
     where c.id = ${calendar.id}
     group by c.id
    returning due_at as "dueAt"`.execute(db);
  return rows[0] ? new Date(rows[0].dueAt) : null;
}

/** Takes departures whose time has come, so that no other process takes them too. */
export async function takeDepartures(tx: EntityManager, now: Date, until: Date, most: number): Promise<Departure[]> {
  const { rows } = await sql<Departure>`
    update marketplace.google_departures set due_at = ${until}
     where id in (
       select id from marketplace.google_departures where due_at <= ${now}
        order by due_at limit ${most} for update skip locked)
    returning id, account_hash as "accountHash", sealed_access as "sealedAccess", booking_ids as "bookingIds",
      created_at < ${now}::timestamptz - make_interval(days => ${TRIED_DAYS}) as "isLast"`.execute(tx.getKysely());
  return rows;
}

/** What of an account is connected again, or still, by whomever: how often, and which lessons belong in it. */
export async function stillConnected(
  em: EntityManager,
  accountHash: string,
): Promise<{ isConnected: boolean; bookingIds: string[] }> {
  const { rows } = await sql<{ bookingId: string | null }>`
    select l.booking_id as "bookingId" from marketplace.external_calendars c
      left join marketplace.google_lessons l on l.calendar_id = c.id
     where c.kind = 'GOOGLE' and c.address_hash = ${accountHash}`.execute(em.getKysely());
  return { isConnected: rows.length > 0, bookingIds: rows.flatMap(({ bookingId }) => bookingId ?? []) };
}

/** A calendar is cleared. */
export async function endDeparture(em: EntityManager, id: string): Promise<void> {
  await sql`delete from marketplace.google_departures where id = ${id}`.execute(em.getKysely());
}
