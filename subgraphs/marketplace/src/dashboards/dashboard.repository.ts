import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** What waits for one person. */
export interface OwnFigures {
  openOrders: number;
  applicationsToDecide: number;
  pendingApplications: number;
  bookingsToSchedule: number;
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
               and (student_id = ${userId} or tutor_id in (select id from profile))) as "bookingsToSchedule"
  `.execute(em.getKysely());
  return only(rows);
}

/** What happened in a span of time. */
export interface MarketFigures {
  newOrders: number;
  successfulMatches: number;
  newReviews: number;
  averageRating: number | null;
}

/** Counts what happened from one moment, inclusive, to another, exclusive, in one statement. */
export async function countMarket(em: EntityManager, from: Date, to: Date): Promise<MarketFigures> {
  const within = sql`created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz`;
  const { rows } = await sql<MarketFigures>`
    select (select count(*)::int from marketplace.orders where ${within}) as "newOrders",
           (select count(*)::int from marketplace.bookings where ${within}) as "successfulMatches",
           count(*)::int as "newReviews",
           avg(rating)::float8 as "averageRating"
      from marketplace.reviews where ${within}`.execute(em.getKysely());
  return only(rows);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('A statement without groups answers one row');
  return row;
}
