import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { type RawBuilder, sql } from 'kysely';
import type { OrderCopy, TutorCopy } from './copy.types.js';
import type { ApplicationCopy, BookingCopy, ReviewCopy } from './deal-copy.types.js';

/** Which ones are wanted: some by their ids, or those after one in the order of ids. */
export interface CopyRequest {
  ids: readonly string[] | null;
  after: string | null;
  first: number;
}

/** Tutors with what they offer and when they teach; whoever was erased is not there. */
export function findTutorCopies(em: EntityManager, request: CopyRequest): Promise<TutorCopy[]> {
  return rowsOf(
    em,
    sql<TutorCopy>`
    select t.id, t.user_id as "userId", t.hidden_at is not null as hidden, t.currency, t.city, t.languages, t.formats,
      t.experience_years as "experienceYears", t.premium, t.verified_until as "verifiedUntil", t.headline, t.biography,
      t.created_at as "createdAt", greatest(t.updated_at, s.updated_at, o.updated_at) as "changedAt",
      coalesce(o.offerings, '[]') as offerings,
      case when s.tutor_id is not null then json_build_object('timeZone', s.time_zone, 'windows', coalesce(
        (select json_agg(json_build_object('weekday', r.weekday, 'startsAtMinute', r.starts_at_minute,
            'endsAtMinute', r.ends_at_minute) order by r.weekday, r.starts_at_minute)
           from marketplace.schedule_rules r where r.tutor_id = t.id), '[]')) end as schedule
      from marketplace.tutors t
      left join marketplace.schedules s on s.tutor_id = t.id
      left join lateral (
        select json_agg(json_build_object('subjectId', offered.subject_id, 'levels', offered.levels,
            'rateMinor', offered.rate_minor) order by offered.subject_id) as offerings,
          max(offered.updated_at) as updated_at
          from marketplace.offerings offered where offered.tutor_id = t.id) o on true
     where t.erased_at is null and ${which(request, sql`t.id`)}`,
  );
}

/** Orders; those of a student who was erased have lost their texts. */
export function findOrderCopies(em: EntityManager, request: CopyRequest): Promise<OrderCopy[]> {
  return rowsOf(
    em,
    sql<OrderCopy>`
    select o.id, o.student_id as "studentId", o.subject_id as "subjectId", o.level, o.format, o.city,
      o.budget_minor::float8 as "budgetMinor", o.budget_currency as "budgetCurrency", o.title, o.description, o.goal,
      o.preferred_times as "preferredTimes", o.status, o.created_at as "createdAt", o.closed_at as "closedAt"
      from marketplace.orders o where ${which(request, sql`o.id`)}`,
  );
}

/** Applications, whatever has become of them. */
export function findApplicationCopies(em: EntityManager, request: CopyRequest): Promise<ApplicationCopy[]> {
  return rowsOf(
    em,
    sql<ApplicationCopy>`
    select a.id, a.order_id as "orderId", a.tutor_id as "tutorId", a.status, a.rate_minor::float8 as "rateMinor",
      a.created_at as "createdAt", a.decided_at as "decidedAt"
      from marketplace.applications a where ${which(request, sql`a.id`)}`,
  );
}

/** Bookings that were agreed: neither holds nor what was not paid in time. */
export function findBookingCopies(em: EntityManager, request: CopyRequest): Promise<BookingCopy[]> {
  return rowsOf(
    em,
    sql<BookingCopy>`
    select b.id, b.student_id as "studentId", b.tutor_id as "tutorId", b.subject_id as "subjectId",
      b.order_id as "orderId", b.status, b.starts_at as "startsAt", b.created_at as "createdAt",
      b.completed_at as "completedAt",
      (b.status = 'CANCELLED' and b.cancelled_by is not distinct from 'TUTOR')
        or (b.status = 'NO_SHOW' and b.absent is not distinct from 'TUTOR') as "letDown"
      from marketplace.bookings b
     where b.status not in ('HELD', 'EXPIRED') and ${which(request, sql`b.id`)}`,
  );
}

/** Reviews that are published. */
export function findReviewCopies(em: EntityManager, request: CopyRequest): Promise<ReviewCopy[]> {
  return rowsOf(
    em,
    sql<ReviewCopy>`
    select r.id, r.tutor_id as "tutorId", b.subject_id as "subjectId", r.student_id as "authorId", r.rating, r.text,
      r.created_at as "createdAt"
      from marketplace.reviews r join marketplace.bookings b on b.id = r.booking_id
     where r.state = 'PUBLISHED' and ${which(request, sql`r.id`)}`,
  );
}

function which({ ids, after, first }: CopyRequest, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (ids) return sql`${id} = any(${ids.filter(isId)}::uuid[]) order by ${id}`;
  const start = after === null ? sql`true` : sql`${id} > ${after}::uuid`;
  return sql`${start} order by ${id} limit ${first}`;
}

/** The driver leaves times as they are written. */
const TIMES = ['createdAt', 'changedAt', 'closedAt', 'decidedAt', 'startsAt', 'completedAt', 'verifiedUntil'];

async function rowsOf<Row extends object>(em: EntityManager, query: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await query.execute(em.getKysely());
  for (const row of rows as Record<string, unknown>[]) {
    for (const name of TIMES) if (typeof row[name] === 'string') row[name] = new Date(row[name]);
  }
  return rows;
}
