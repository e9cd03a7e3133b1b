import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { type RawBuilder, sql } from 'kysely';
import type { TimeSpan } from '../schedules/slot-finder.js';
import { occupyingStatuses } from './booking.rules.js';

/** At which moment, and which booking does not count: the one that is being moved. */
export interface Occupancy {
  now: Date;
  ignoreId?: string | undefined;
}

/** A tutor who is to be booked, and what is seen of it without waiting for anybody. */
export interface ScoutedTutor {
  userId: string;
  isHidden: boolean;
  /** Have the two agreed upon a rate before? */
  isKnown: boolean;
  /** Does the student have any lesson before them, on either side? */
  isStudentEngaged: boolean;
  /** Has the student connected other calendars? */
  hasStudentCalendars: boolean;
  /** Which of the spans, by their index, live bookings of the tutor overlap. */
  taken: number[];
}

/**
 * Looks a tutor up, and whether they are free, in one statement that takes no lock: who comes too late in a rush learns so
 * without queueing for the calendars. It decides nothing in favour of anybody.
 */
export async function scoutTutor(
  em: EntityManager,
  { tutorId, studentId }: { tutorId: string; studentId: string },
  spans: readonly TimeSpan[],
  occupancy: Occupancy,
): Promise<ScoutedTutor | null> {
  if (!isId(tutorId)) return null;
  const { rows } = await sql<ScoutedTutor>`
    select t.user_id as "userId", t.hidden_at is not null as "isHidden",
           exists (select from marketplace.student_rates r
                    where r.tutor_id = t.id and r.student_id = ${studentId}) as "isKnown",
           (${sql.join(
             sidesOf([studentId]).map(
               (side) => sql`exists (
             select from marketplace.bookings b
              where ${side} and ${occupying(occupancy)} and b.ends_at > ${occupancy.now})`,
             ),
             sql` or `,
           )}) as "isStudentEngaged",
           exists (select from marketplace.external_calendars c
                    where c.user_id = ${studentId}) as "hasStudentCalendars",
           ${overlapped(spans, occupancy, sql`b.tutor_id = t.id`)} as taken
      from marketplace.tutors t where t.id = ${tutorId}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Which of the spans, by their index, overlap live bookings of these people, whether they learn or teach in them. */
export async function busySpans(
  em: EntityManager,
  userIds: readonly string[],
  spans: readonly TimeSpan[],
  occupancy: Occupancy,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ taken: number[] }>`
    select ${overlapped(spans, occupancy, ...sidesOf(userIds))} as taken`.execute(em.getKysely());
  return new Set(rows[0]?.taken);
}

/**
 * How long ago the student's last hold of this tutor's time ended in vain, in minutes, if such holds have together lasted as
 * long as one may, and none of them ended longer ago than the cool-down; null when they have not.
 */
export async function minutesSinceHeld(
  tx: EntityManager,
  { tutorId, studentId, startsAt, endsAt }: { tutorId: string; studentId: string } & TimeSpan,
  { now, holdMinutes, cooldownMinutes }: { now: Date; holdMinutes: number; cooldownMinutes: number },
): Promise<number | null> {
  // A job may have come late: a hold itself ended in time. Of what has waited for money `sequence` has counted the end.
  const { rows } = await sql<{ minutes: number | null }>`
    select case when sum(h.ended_at - h.created_at) >= make_interval(mins => ${holdMinutes})
                then (extract(epoch from ${now}::timestamptz - max(h.ended_at)) / 60)::float8 end as minutes
      from (select b.created_at, least(b.updated_at, b.created_at + make_interval(mins => ${holdMinutes})) as ended_at
              from marketplace.bookings b
             where b.student_id = ${studentId} and b.tutor_id = ${tutorId} and b.status = 'EXPIRED' and b.sequence = 0
               and b.starts_at < ${endsAt}::timestamptz and b.ends_at > ${startsAt}::timestamptz) h
     where h.ended_at > ${now}::timestamptz - make_interval(mins => ${cooldownMinutes})`.execute(tx.getKysely());
  return rows[0]?.minutes ?? null;
}

/**
 * Locks the holds and unpaid bookings of these people whose time is over.
 *
 * @returns their ids
 */
export async function lockDueBookings(tx: EntityManager, userIds: readonly string[], now: Date): Promise<string[]> {
  // In the order of their ids: the other one of an old hold may be expiring it now, too.
  const { rows } = await sql<{ id: string }>`
    select b.id from marketplace.bookings b
     where b.expires_at <= ${now} and (${sql.join(sidesOf(userIds), sql` or `)})
     order by b.id for update`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}

/** The conditions on a booking `b` of being of these people, one for each side. */
function sidesOf(userIds: readonly string[]): RawBuilder<unknown>[] {
  const people = sql`${[...userIds]}::uuid[]`;
  return [
    sql`b.student_id = any(${people})`,
    sql`b.tutor_id = any(array(select o.id from marketplace.tutors o where o.user_id = any(${people})))`,
  ];
}

/** The condition on a booking `b` of taking its time. */
function occupying({ now, ignoreId }: Occupancy): RawBuilder<unknown> {
  return sql`b.status in (${sql.join(occupyingStatuses.map((status) => sql.lit(status)))})
    and (b.expires_at is null or b.expires_at > ${now}) and b.id is distinct from ${ignoreId ?? null}::uuid`;
}

/** An array of the indexes of spans that live bookings overlap; each condition by itself, for its exclusion index. */
function overlapped(
  spans: readonly TimeSpan[],
  occupancy: Occupancy,
  ...conditions: RawBuilder<unknown>[]
): RawBuilder<unknown> {
  const found = conditions.map(
    (condition) => sql`exists (
      select from marketplace.bookings b
       where ${condition} and ${occupying(occupancy)}
         and tstzrange(b.starts_at, b.ends_at) && tstzrange(s.starts_at, s.ends_at))`,
  );
  const starts = spans.map(({ startsAt }) => startsAt.toISOString());
  const ends = spans.map(({ endsAt }) => endsAt.toISOString());
  return sql`array(
    select s.index::int - 1
      from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as s (starts_at, ends_at, index)
     where ${sql.join(found, sql` or `)})`;
}
