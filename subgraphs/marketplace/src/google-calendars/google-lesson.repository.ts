import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import { GoogleLesson } from './google-lesson.entity.js';
import type { CalendarLesson } from './google-lesson.rules.js';

/** The Google calendars of the two people of a booking. */
export async function googleCalendarsOf(em: EntityManager, bookingId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from marketplace.bookings b
      join marketplace.tutors t on t.id = b.tutor_id
      join marketplace.external_calendars c on c.user_id in (b.student_id, t.user_id)
     where b.id = ${bookingId} and c.kind = 'GOOGLE'`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** Lessons to come of the owner of a calendar, on both sides, the next ones first. */
export async function lessonsToCome(em: EntityManager, calendarId: string, now: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with own as (
      select b.id, b.starts_at from marketplace.external_calendars c
        join marketplace.bookings b on b.student_id = c.user_id
       where c.id = ${calendarId} and b.status = 'CONFIRMED' and b.starts_at > ${now}
      union all
      select b.id, b.starts_at from marketplace.external_calendars c
        join marketplace.tutors t on t.user_id = c.user_id
        join marketplace.bookings b on b.tutor_id = t.id
       where c.id = ${calendarId} and b.status = 'CONFIRMED' and b.starts_at > ${now}
    )
    select id from own order by starts_at limit ${most}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** A Google calendar as it is now; null when it is not connected any longer. */
export function findGoogleCalendar(em: EntityManager, id: string): Promise<ExternalCalendar | null> {
  return em.findOne(ExternalCalendar, { id, kind: 'GOOGLE' }, { refresh: true });
}

/** A lesson as the owner of a calendar sees it; undefined when it is not theirs. */
export async function lessonFor(
  em: EntityManager,
  { userId, locale }: ExternalCalendar,
  bookingId: string,
): Promise<CalendarLesson | undefined> {
  const { rows } = await sql<
    Omit<CalendarLesson, 'startsAt' | 'endsAt'> & Record<'startsAt' | 'endsAt', string | null>
  >`
    select b.status, b.starts_at as "startsAt", b.ends_at as "endsAt", b.meeting_url as "meetingUrl",
           case when ${locale === 'ru'} then s.name_ru else s.name_en end as subject,
           case when t.user_id <> ${userId} and t.erased_at is null then t.display_name end as "tutorName"
      from marketplace.bookings b
      join marketplace.tutors t on t.id = b.tutor_id
      join marketplace.subjects s on s.id = b.subject_id
     where b.id = ${bookingId} and ${userId}::uuid in (b.student_id, t.user_id)`.execute(em.getKysely());
  const [lesson] = rows;
  if (!lesson) return undefined;
  const moment = (time: string | null) => (time === null ? null : new Date(time));
  return { ...lesson, startsAt: moment(lesson.startsAt), endsAt: moment(lesson.endsAt) };
}

/** What is known of a lesson in a calendar, locked until the transaction ends; null when it never was there. */
export function lockGoogleLesson(
  tx: EntityManager,
  calendarId: string,
  bookingId: string,
): Promise<GoogleLesson | null> {
  return tx.findOne(GoogleLesson, { calendarId, bookingId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Begins to write a lesson into a calendar. @returns false when somebody else has just begun */
export async function beginGoogleLesson(
  tx: EntityManager,
  lesson: { calendarId: string; bookingId: string },
  claimedUntil: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into marketplace.google_lessons (calendar_id, booking_id, claimed_until)
    values (${lesson.calendarId}, ${lesson.bookingId}, ${claimedUntil}) on conflict do nothing`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}
