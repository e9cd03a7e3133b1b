import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import type { BusySpan } from './busy-from-ics.js';
import { ExternalCalendar } from './external-calendar.entity.js';

/** Somebody's calendars, in the order in which they were connected. */
export function calendarsOf(em: EntityManager, userId: string): Promise<ExternalCalendar[]> {
  return em.find(ExternalCalendar, { userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** A calendar of somebody's own, locked until the transaction ends. */
export function lockOwnCalendar(tx: EntityManager, userId: string, id: string): Promise<ExternalCalendar | null> {
  if (!isId(id)) return Promise.resolve(null);
  return tx.findOne(ExternalCalendar, { id, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Puts what a calendar says now in the place of what it said before. */
export async function replaceBusyTimes(
  tx: EntityManager,
  calendarId: string,
  spans: readonly BusySpan[],
): Promise<void> {
  const db = tx.getKysely();
  await sql`delete from marketplace.busy_times where calendar_id = ${calendarId}`.execute(db);
  const moments = (key: keyof BusySpan) => spans.map((span) => new Date(span[key]));
  await sql`insert into marketplace.busy_times (calendar_id, starts_at, ends_at)
    select ${calendarId}::uuid, span.starts_at, span.ends_at
      from unnest(${moments('start')}::timestamptz[], ${moments('end')}::timestamptz[]) as span (starts_at, ends_at)`.execute(
    db,
  );
}

/** Takes calendars whose time has come, so that no other process takes them too; the nearest first. */
export async function takeDueCalendars(tx: EntityManager, now: Date, until: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update marketplace.external_calendars set next_read_at = ${until}
     where id in (
       select id from marketplace.external_calendars where next_read_at <= ${now}
        order by next_read_at limit ${most} for update skip locked)
    returning id`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}
