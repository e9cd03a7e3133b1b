import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { occupyingStatuses } from '../bookings/booking.rules.js';
import { TRUSTED_HOURS } from '../external-calendars/external-calendar.rules.js';
import type { BusyTimes, Span } from './slots.rules.js';

/** A calendar of another service that could not be read: its owner may be busy when this one does not know. */
export interface UnreadableCalendar {
  /** Whose; accounts owns it. */
  userId: string;
  /** When it was read for the last time; null when it never was. */
  lastReadAt: Date | null;
}

/** Whose busy times, and when. */
export interface BusySearch {
  tutorId: string;
  /** The account behind the tutor. */
  tutorUserId: string;
  /** Who asks; their own busy times count too. */
  studentId?: string | undefined;
  from: Date;
  to: Date;
  now: Date;
  /** Bookings that do not count, because they are to be moved. */
  ignoreBookingIds?: readonly string[] | undefined;
  /** Interviews that do not count, for the same reason. */
  ignoreInterviewIds?: readonly string[] | undefined;
}

/** Lessons that have taken their time, or were meant to, and so count for a tutor's limits. */
const countedStatuses = [...occupyingStatuses, 'COMPLETED', 'NO_SHOW', 'DISPUTED'] as const;

type Source = 'LESSON' | 'COUNTED' | 'TUTOR' | 'STUDENT' | 'TUTOR_UNREADABLE' | 'STUDENT_UNREADABLE';

/** A busy time, or a calendar that cannot be read, with the moment of its last reading. */
interface Row {
  source: Source;
  start: number | null;
  end: number | null;
}

/** What keeps slots from being free, as far as it is known. */
export interface KnownBusyTimes extends BusyTimes {
  unreadable: UnreadableCalendar[];
}

/** What keeps a tutor, and whoever asks, from a lesson. One statement. */
export async function findBusyTimes(em: EntityManager, search: BusySearch): Promise<KnownBusyTimes> {
  const { tutorId, tutorUserId, studentId } = search;
  const parts = [
    lessons(search, sql`case when ${occupying(search)} then 'LESSON' else 'COUNTED' end`, [
      sql`b.tutor_id = ${tutorId}::uuid`,
      sql`b.status = any(${[...countedStatuses]}::text[])`,
      sql`not (b.status in ('HELD', 'PENDING_PAYMENT') and b.expires_at <= ${search.now})`,
    ]),
    // A tutor may learn from another one, and a student may teach.
    lessons(search, sql`'TUTOR'`, [sql`b.student_id = ${tutorUserId}::uuid`, occupying(search)]),
    elsewhere(search, sql`'TUTOR'`, tutorUserId),
    unreadable(search),
    interviews(search, sql`'TUTOR'`, sql`b.tutor_id = ${tutorId}::uuid`),
  ];
  if (studentId && studentId !== tutorUserId) {
    parts.push(
      lessons(search, sql`'STUDENT'`, [sql`b.student_id = ${studentId}::uuid`, occupying(search)]),
      lessons(search, sql`'STUDENT'`, [
        sql`b.tutor_id in (select id from marketplace.tutors where user_id = ${studentId}::uuid)`,
        occupying(search),
      ]),
      elsewhere(search, sql`'STUDENT'`, studentId),
      interviews(
        search,
        sql`'STUDENT'`,
        sql`b.tutor_id in (select id from marketplace.tutors where user_id = ${studentId}::uuid)`,
      ),
    );
  }
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(em.getKysely());
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const of = (source: Source): Span[] =>
    (bySource.get(source) ?? []).flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }]));
  const unread = (source: Source, userId: string): UnreadableCalendar[] =>
    (bySource.get(source) ?? []).map(({ start }) => ({ userId, lastReadAt: start === null ? null : new Date(start) }));
  const given = of('LESSON');
  return {
    lessons: given,
    tutor: of('TUTOR'),
    student: of('STUDENT'),
    counted: [...given, ...of('COUNTED')].map(({ start }) => start),
    unreadable: [...unread('TUTOR_UNREADABLE', tutorUserId), ...unread('STUDENT_UNREADABLE', studentId ?? tutorUserId)],
  };
}

/**
 * Calendars of these people that cannot be read, or that nobody has come to read for long, though neither said why; each
 * with when it was read for the last time in place of a beginning.
 */
function unreadable({ tutorUserId, studentId, now }: BusySearch): RawBuilder<unknown> {
  return sql`select case when c.user_id = ${tutorUserId}::uuid then 'TUTOR_UNREADABLE' else 'STUDENT_UNREADABLE' end,
      (extract(epoch from c.last_read_at) * 1000)::float8, null
    from marketplace.external_calendars c
    where c.user_id in (${tutorUserId}::uuid, ${studentId ?? null}::uuid)
      and (c.status = 'UNREADABLE' or coalesce(c.last_read_at, c.created_at)
           < ${now}::timestamptz - make_interval(hours => ${TRUSTED_HOURS}))`;
}

/** What somebody's other calendars say; what one said that cannot be read any longer counts for a while. */
function elsewhere({ from, to, now }: BusySearch, source: RawBuilder<unknown>, userId: string): RawBuilder<unknown> {
  return sql`select ${source} as source, ${moment('starts_at')} as start, ${moment('ends_at')} as "end"
    from marketplace.external_calendars c join marketplace.busy_times b on b.calendar_id = c.id
    where c.user_id = ${userId}::uuid
      and (c.failing_since is null or c.failing_since > ${now}::timestamptz - make_interval(hours => ${TRUSTED_HOURS}))
      and b.starts_at < ${to}::timestamptz and b.ends_at > ${from}::timestamptz`;
}

function lessons(
  search: BusySearch,
  source: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const ignored = sql`b.id <> all(${[...(search.ignoreBookingIds ?? [])]}::uuid[])`;
  return spansOf(sql`marketplace.bookings`, search, source, [ignored, ...conditions]);
}

/** Talks of staff with tutors. */
function interviews(search: BusySearch, source: RawBuilder<unknown>, who: RawBuilder<unknown>): RawBuilder<unknown> {
  const ignored = sql`b.id <> all(${[...(search.ignoreInterviewIds ?? [])]}::uuid[])`;
  return spansOf(sql`marketplace.interviews`, search, source, [ignored, who, sql`b.status = 'SCHEDULED'`]);
}

function spansOf(
  table: RawBuilder<unknown>,
  { from, to }: BusySearch,
  source: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  // Nothing here is as long as a day: so the index on the beginning finds what reaches into the time.
  const all = [
    sql`b.starts_at > ${from}::timestamptz - interval '1 day'`,
    sql`b.starts_at < ${to}::timestamptz`,
    sql`b.ends_at > ${from}::timestamptz`,
    ...conditions,
  ];
  return sql`select ${source} as source, ${moment('starts_at')} as start, ${moment('ends_at')} as "end"
    from ${table} b where ${sql.join(all, sql` and `)}`;
}

/** In milliseconds since 1970. */
function moment(column: string): RawBuilder<unknown> {
  return sql`(extract(epoch from ${sql.ref(`b.${column}`)}) * 1000)::float8`;
}

/** Does a booking take its time? One that has expired does not, even before it is moved on. */
function occupying({ now }: BusySearch): RawBuilder<unknown> {
  return sql`(b.status = any(${[...occupyingStatuses]}::text[]) and (b.expires_at is null or b.expires_at > ${now}::timestamptz))`;
}
