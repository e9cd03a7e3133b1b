import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { BookingStatus } from '../bookings/booking.rules.js';
import { Calendar } from '../calendars/calendar.entity.js';
import type { InterviewStatus } from '../interviews/interview.rules.js';
import type { FeedKey } from './feed-address.js';

/** Something with a time, as a calendar shows it. */
interface FeedEntry {
  id: string;
  startsAt: Date;
  endsAt: Date;
  sequence: number;
  meetingUrl: string | null;
  subjectEn: string;
  subjectRu: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A lesson in a feed. */
export interface FeedLesson extends FeedEntry {
  status: BookingStatus;
  /** Shown to the student; null for the tutor, who finds out in the application who the student is. */
  tutorName: string | null;
}

/** An interview in a feed. */
export interface FeedInterview extends FeedEntry {
  status: InterviewStatus;
  tutorName: string;
}

type Times = 'startsAt' | 'endsAt' | 'createdAt' | 'updatedAt';
type RowOf<Entry extends FeedEntry> = Omit<Entry, Times> & Record<Times, string>;

/** Lessons in a feed at most, and interviews; the last ones are kept. */
const MOST = 1_000;

/** Whose feed it is; undefined for an address that was given up. */
export async function feedOwner(em: EntityManager, { calendarId, version }: FeedKey): Promise<string | undefined> {
  const calendar = await em.findOne(Calendar, { id: calendarId, feedVersion: version });
  return calendar?.userId;
}

/** Lessons of somebody on both sides that began after a moment, and those cancelled since. */
export async function lessonsOf(em: EntityManager, userId: string, since: Date): Promise<FeedLesson[]> {
  const { rows } = await sql<RowOf<FeedLesson>>`
    with own as (
      select id, null as side from marketplace.bookings where student_id = ${userId} and starts_at > ${since}
      union all
      select b.id, 'TUTOR' from marketplace.tutors t join marketplace.bookings b on b.tutor_id = t.id
       where t.user_id = ${userId} and b.starts_at > ${since}
    )
    select b.id, b.status, b.starts_at as "startsAt", b.ends_at as "endsAt", b.sequence, b.meeting_url as "meetingUrl",
           s.name_en as "subjectEn", s.name_ru as "subjectRu",
           case when own.side is null and t.erased_at is null then t.display_name end as "tutorName",
           b.created_at as "createdAt", b.updated_at as "updatedAt"
      from own
      join marketplace.bookings b on b.id = own.id
      join marketplace.subjects s on s.id = b.subject_id
      join marketplace.tutors t on t.id = b.tutor_id
     where b.status <> 'HELD' and (b.status <> 'EXPIRED' or b.sequence > 0)
     order by b.starts_at desc
     limit ${MOST}`.execute(em.getKysely());
  return rows.reverse().map((row) => ({ ...row, ...timesOf(row) }));
}

/** Interviews of somebody, as tutor and as interviewer, that began after a moment, and those cancelled since. */
export async function interviewsOf(em: EntityManager, userId: string, since: Date): Promise<FeedInterview[]> {
  const { rows } = await sql<RowOf<FeedInterview>>`
    with own as (
      select id from marketplace.interviews where interviewer_id = ${userId} and starts_at > ${since}
      union all
      select i.id from marketplace.tutors t join marketplace.interviews i on i.tutor_id = t.id
       where t.user_id = ${userId} and i.starts_at > ${since}
    )
    select i.id, i.status, i.starts_at as "startsAt", i.ends_at as "endsAt", i.sequence, i.meeting_url as "meetingUrl",
           s.name_en as "subjectEn", s.name_ru as "subjectRu", t.display_name as "tutorName",
           i.created_at as "createdAt", i.updated_at as "updatedAt"
      from own
      join marketplace.interviews i on i.id = own.id
      join marketplace.subjects s on s.id = i.subject_id
      join marketplace.tutors t on t.id = i.tutor_id
     where t.erased_at is null
     order by i.starts_at desc
     limit ${MOST}`.execute(em.getKysely());
  return rows.reverse().map((row) => ({ ...row, ...timesOf(row) }));
}

/** Unlike entities, rows of a bare statement hold times as texts. */
function timesOf({ startsAt, endsAt, createdAt, updatedAt }: Record<Times, string>): Record<Times, Date> {
  return {
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}
