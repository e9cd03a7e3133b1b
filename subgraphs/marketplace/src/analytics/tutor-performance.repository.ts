import type { EntityManager } from '@mikro-orm/postgresql';
import type { Money } from '@tutorgraph/kit/graphql/money';
import { sql } from 'kysely';

/** A tutor and a span of time: from, inclusive, to, exclusive. */
export interface PerformanceAsk {
  tutorId: string;
  from: Date;
  to: Date;
}

/** What is counted of a tutor's lessons, reviews and applications. */
export interface PerformanceFigures {
  completedLessons: number;
  taughtMinutes: number;
  trialLessons: number;
  cancelledLessons: number;
  missedLessons: number;
  students: number;
  newStudents: number;
  studentRetention: number | null;
  averageRating: number | null;
  reviews: number;
  earnings: Money[];
  earningsShare: number | null;
  applications: number;
  chosenApplications: number;
  medianResponseMinutes: number | null;
}

/** What a lesson leaves the tutor, in minor units; rounded as payments rounds it: of the platform's part, half up. */
const SHARE = sql`amount_minor - round(amount_minor * commission_percent / 100.0)::bigint`;

/** Counts in one statement. Every part is a range of an index that begins with the tutor. */
export async function measureTutor(em: EntityManager, ask: PerformanceAsk): Promise<PerformanceFigures> {
  const { tutorId, from, to } = ask;
  const within = (column: string) =>
    sql`${sql.ref(column)} >= ${from}::timestamptz and ${sql.ref(column)} < ${to}::timestamptz`;
  const { rows } = await sql<PerformanceFigures>`
    with taught as materialized (
      select student_id, kind, amount_minor, currency, ${SHARE} as share_minor,
             extract(epoch from ends_at - starts_at) / 60 as minutes
        from marketplace.bookings
       where tutor_id = ${tutorId} and status = 'COMPLETED' and ${within('completed_at')}
    ), before as materialized (
      select distinct student_id
        from marketplace.bookings
       where tutor_id = ${tutorId} and status = 'COMPLETED' and completed_at < ${from}::timestamptz
         and completed_at >= ${from}::timestamptz - (${to}::timestamptz - ${from}::timestamptz)
    ), lost as (
      select (select count(*)::int from marketplace.bookings
               where tutor_id = ${tutorId} and status = 'CANCELLED' and cancelled_by = 'TUTOR'
                 and ${within('cancelled_at')}) as cancelled,
             (select count(*)::int from marketplace.bookings
               where tutor_id = ${tutorId} and status = 'NO_SHOW' and absent = 'TUTOR'
                 and ${within('starts_at')}) as missed
    ), heard as (
      select count(*)::int as reviews, avg(rating)::float8 as rating
        from marketplace.reviews
       where tutor_id = ${tutorId} and state = 'PUBLISHED' and ${within('created_at')}
    ), answered as (
      select count(*)::int as applications, count(*) filter (where a.status = 'CHOSEN')::int as chosen,
             percentile_cont(0.5) within group (order by extract(epoch from a.created_at - o.created_at) / 60) as minutes
        from marketplace.applications a
        join marketplace.orders o on o.id = a.order_id
       where a.tutor_id = ${tutorId} and ${within('a.created_at')}
    )
    select (select count(*)::int from taught) as "completedLessons",
           (select coalesce(round(sum(minutes)), 0)::int from taught) as "taughtMinutes",
           (select count(*)::int from taught where kind = 'TRIAL') as "trialLessons",
           lost.cancelled as "cancelledLessons", lost.missed as "missedLessons",
           (select count(distinct student_id)::int from taught) as students,
           (select count(distinct student_id)::int from taught where not exists (
              select from marketplace.bookings earlier
               where earlier.tutor_id = ${tutorId} and earlier.student_id = taught.student_id
                 and earlier.status = 'COMPLETED' and earlier.completed_at < ${from}::timestamptz)) as "newStudents",
           (select avg((student_id in (select student_id from taught))::int)::float8 from before) as "studentRetention",
           heard.rating as "averageRating", heard.reviews,
           (select coalesce(json_agg(json_build_object('amountMinor', minor, 'currency', currency) order by currency), '[]')
              from (select currency, sum(share_minor)::bigint as minor from taught group by currency) as by_currency
             where minor > 0) as earnings,
           (select (sum(share_minor) / nullif(sum(amount_minor), 0))::float8 from taught) as "earningsShare",
           answered.applications, answered.chosen as "chosenApplications",
           answered.minutes as "medianResponseMinutes"
      from lost, heard, answered`.execute(em.getKysely());
  const [row] = rows;
  if (!row) throw new Error('A statement without groups answers one row');
  return row;
}

/** How much one subject is looked for. */
export interface DemandFigures {
  subjectId: string;
  newOrders: number;
  openOrders: number;
  tutors: number;
}

/** How much each subject that the tutor offers is looked for, in one statement; archived subjects are left out. */
export async function measureDemand(
  em: EntityManager,
  { tutorId, from, to }: PerformanceAsk,
): Promise<DemandFigures[]> {
  const { rows } = await sql<DemandFigures>`
    select own.subject_id as "subjectId",
           (select count(*)::int from marketplace.orders o
             where o.subject_id = own.subject_id
               and o.created_at >= ${from}::timestamptz and o.created_at < ${to}::timestamptz) as "newOrders",
           (select count(*)::int from marketplace.orders o
             where o.subject_id = own.subject_id and o.status = 'OPEN') as "openOrders",
           (select count(*)::int from marketplace.offerings others
              join marketplace.tutors t on t.id = others.tutor_id
             where others.subject_id = own.subject_id and t.hidden_at is null) as tutors
      from marketplace.offerings own
      join marketplace.subjects s on s.id = own.subject_id
     where own.tutor_id = ${tutorId} and s.archived_at is null
     order by "newOrders" desc, "openOrders" desc, own.subject_id`.execute(em.getKysely());
  return rows;
}
