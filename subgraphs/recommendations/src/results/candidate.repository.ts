import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { Wish } from '../ranking/wish.js';
import { firmFilter, stepsNeeded } from './hard-filter.js';

/** Of a subject's offers the most popular so many are looked at when something is given up. */
const RELAXED_AMONG = 5_000;
/** Orders of others that are looked at for what students like this one chose. */
const ORDERS_LIKE_THIS = 200;
/** Tutors of the student, lessons of each, and fellow students who are looked at. */
const OWN_TUTORS = 20;
const LESSONS_OF_TUTOR = 200;
const FELLOW_STUDENTS = 200;
/** What an order of another level, or of a budget that cannot be compared, counts beside one that is alike. */
const OTHER_LEVEL = 0.4;
const UNKNOWN_BUDGET = 0.6;
/** Of so many choices by students like this one a tutor has half of the signal. */
const HALF_SIGNAL = 3;

/** Those who need the least given up, the most popular first, with how many relaxations each takes: one statement. */
export async function findRelaxed(
  em: EntityManager,
  wish: Wish,
  limit: number,
): Promise<{ tutorId: string; steps: number }[]> {
  const { rows } = await sql<{ tutorId: string; steps: number }>`
    select seen.tutor_id as "tutorId", seen.steps from (
      select o.tutor_id, o.popularity, ${stepsNeeded(wish)} as steps from recommendations.offers o
      where ${firmFilter(wish)} order by o.popularity desc, o.tutor_id desc limit ${RELAXED_AMONG}
    ) seen
    order by seen.steps, seen.popularity desc, seen.tutor_id desc limit ${limit}
  `.execute(em.getKysely());
  return rows;
}

/**
 * Whom students like this one chose, 0 to 1, the most chosen first: those whose orders in the subject are of this level
 * and budget, and those who learned with the same tutors (item to item, after Linden, Smith and York, 2003). One statement,
 * which looks at a bounded number of orders and lessons.
 */
export async function findChosenByAlike(
  em: EntityManager,
  wish: Wish,
  where: RawBuilder<boolean>,
  limit: number,
): Promise<{ tutorId: string; strength: number }[]> {
  const { rows } = await sql<{ tutorId: string; strength: number }>`
    with chosen as (${chosenForLikeOrders(wish)} union all ${chosenByFellows(wish)}),
    counted as (select tutor_id, sum(weight)::float8 as weight from chosen group by tutor_id)
    select o.tutor_id as "tutorId", counted.weight / (counted.weight + ${sql.lit(HALF_SIGNAL)}) as strength
    from counted join recommendations.offers o on o.tutor_id = counted.tutor_id
    where ${where} order by counted.weight desc, o.tutor_id limit ${limit}
  `.execute(em.getKysely());
  return rows;
}

function chosenForLikeOrders({ subjectId, studentId, level, budgetMinor, currency }: Wish): RawBuilder<unknown> {
  const isComparable = budgetMinor !== null && currency !== null;
  const budget = isComparable
    ? sql`case when alike.currency = ${currency} and alike.budget_minor > 0
        then exp(-abs(ln(alike.budget_minor::float8 / ${budgetMinor}::float8))) else ${sql.lit(UNKNOWN_BUDGET)} end`
    : sql.lit(UNKNOWN_BUDGET);
  return sql`
    select a.tutor_id, (case when alike.level = ${level} then 1 else ${sql.lit(OTHER_LEVEL)} end) * (${budget}) as weight
    from (
      select m.id, m.level, m.budget_minor, m.currency from recommendations.orders m
      where m.subject_id = ${subjectId}::uuid and m.status = 'MATCHED' and m.student_id is distinct from ${studentId}::uuid
      order by m.created_at desc limit ${sql.lit(ORDERS_LIKE_THIS)}
    ) alike
    -- One was chosen for each; by the index, however many applications there are.
    cross join lateral (
      select every.tutor_id from recommendations.applications every
      where every.order_id = alike.id and every.status = 'CHOSEN' limit 1
    ) a`;
}

function chosenByFellows({ subjectId, studentId }: Wish): RawBuilder<unknown> {
  return sql`
    select b.tutor_id, max(fellow.weight) as weight
    from (
      select lesson.student_id, count(distinct own.tutor_id)::float8 as weight
      from (
        select b.tutor_id from recommendations.bookings b
        where b.student_id = ${studentId}::uuid and b.status = 'COMPLETED' group by b.tutor_id limit ${sql.lit(OWN_TUTORS)}
      ) own
      cross join lateral (
        select b.student_id from recommendations.bookings b
        where b.tutor_id = own.tutor_id and b.status = 'COMPLETED'
        order by b.starts_at desc limit ${sql.lit(LESSONS_OF_TUTOR)}
      ) lesson
      where lesson.student_id <> ${studentId}::uuid
      group by lesson.student_id order by weight desc, lesson.student_id limit ${sql.lit(FELLOW_STUDENTS)}
    ) fellow
    join recommendations.bookings b on b.student_id = fellow.student_id
    where b.subject_id = ${subjectId}::uuid and b.status = 'COMPLETED' group by b.tutor_id, fellow.student_id`;
}
