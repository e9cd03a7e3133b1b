import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What waits for one person. */
export interface OwnFigures {
  openOrders: number;
  applicationsToDecide: number;
  pendingApplications: number;
  bookingsToSchedule: number;
  bookingsToPay: number;
  upcomingLessons: number;
}

/** Counts what waits for somebody, as a student and as a tutor, in one statement. */
export async function countOwn(em: EntityManager, userId: string): Promise<OwnFigures> {
  const { rows } = await sql<OwnFigures>`
    with own_orders as (
      select id from marketplace.orders where student_id = ${userId} and status = 'OPEN'
    ), profile as (
      select id from marketplace.tutors where user_id = ${userId}
    )
    select (select count(*)::int from own_orders) as "openOrders",
           (select count(*)::int from marketplace.applications
             where order_id in (select id from own_orders) and status = 'PENDING') as "applicationsToDecide",
           (select count(*)::int from marketplace.applications
             where tutor_id in (select id from profile) and status = 'PENDING') as "pendingApplications",
           (select count(*)::int from marketplace.bookings
             where status = 'UNSCHEDULED'
               and (student_id = ${userId} or tutor_id in (select id from profile))) as "bookingsToSchedule",
           (select count(*)::int from marketplace.bookings
             where student_id = ${userId} and status = 'PENDING_PAYMENT' and expires_at > now()) as "bookingsToPay",
           (select count(*)::int from marketplace.bookings
             where status = 'CONFIRMED' and ends_at > now()
               and (student_id = ${userId} or tutor_id in (select id from profile))) as "upcomingLessons"
  `.execute(em.getKysely());
  return only(rows);
}

/** What happened in a span of time. */
export interface MarketFigures {
  newOrders: number;
  newApplications: number;
  successfulMatches: number;
  medianMinutesToFirstApplication: number | null;
  conversionToTrial: number | null;
  conversionToRegular: number | null;
  completedLessons: number;
  cancelledLessons: number;
  newReviews: number;
  averageRating: number | null;
}

/** Counts what happened from one moment, inclusive, to another, exclusive, in one statement; each part by an index on time. */
export async function countMarket(em: EntityManager, from: Date, to: Date): Promise<MarketFigures> {
  const within = (column: string) =>
    sql`${sql.ref(column)} >= ${from}::timestamptz and ${sql.ref(column)} < ${to}::timestamptz`;
  const { rows } = await sql<MarketFigures>`
    with posted as materialized (
      select o.id,
             (select min(a.created_at) from marketplace.applications a where a.order_id = o.id) - o.created_at as waited,
             exists (select from marketplace.bookings b where b.order_id = o.id and b.status = 'COMPLETED') as tried
        from marketplace.orders o where ${within('o.created_at')}
    ), begun as materialized (
      select b.tutor_id, b.student_id, min(b.completed_at) as first_at
        from marketplace.bookings b where b.status = 'COMPLETED' and ${within('b.completed_at')}
       group by b.tutor_id, b.student_id
      having not exists (
        select from marketplace.bookings earlier
         where earlier.tutor_id = b.tutor_id and earlier.student_id = b.student_id and earlier.status = 'COMPLETED'
           and earlier.completed_at < ${from}::timestamptz)
    )
    select (select count(*)::int from posted) as "newOrders",
           (select count(*)::int from marketplace.applications where ${within('created_at')}) as "newApplications",
           (select count(*)::int from marketplace.applications
             where status = 'CHOSEN' and ${within('decided_at')}) as "successfulMatches",
           (select percentile_cont(0.5) within group (order by extract(epoch from waited) / 60)
              from posted where waited is not null) as "medianMinutesToFirstApplication",
           (select avg(tried::int)::float8 from posted) as "conversionToTrial",
           (select avg(exists (
              select from marketplace.bookings later
               where later.tutor_id = begun.tutor_id and later.student_id = begun.student_id
                 and later.status = 'COMPLETED' and later.kind = 'REGULAR' and later.completed_at > begun.first_at
            )::int)::float8 from begun) as "conversionToRegular",
           (select count(*)::int from marketplace.bookings
             where status = 'COMPLETED' and ${within('completed_at')}) as "completedLessons",
           (select count(*)::int from marketplace.bookings where ${within('cancelled_at')}) as "cancelledLessons",
           count(*)::int as "newReviews",
           avg(rating)::float8 as "averageRating"
      from marketplace.reviews where state = 'PUBLISHED' and ${within('created_at')}`.execute(em.getKysely());
  return only(rows);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('A statement without groups answers one row');
  return row;
}
