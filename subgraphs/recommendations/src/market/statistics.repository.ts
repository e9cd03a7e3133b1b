import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { HALF_LIFE_DAYS, POPULARITY_EPOCH, POPULARITY_WEIGHTS } from './popularity.rules.js';

/**
 * Counts anew what tutors have come to, from applications, bookings and reviews: a statement for the tutors and one for
 * what they offer. Rows that stay the same are not written.
 *
 * @returns tutors of whom something is different now
 */
export async function countAnew(tx: EntityManager, tutorIds: readonly string[], now: Date): Promise<string[]> {
  if (tutorIds.length === 0) return [];
  const ids = [...new Set(tutorIds)].sort();
  const tutors = await countTutors(tx, ids, now);
  return [...new Set([...tutors, ...(await countOffers(tx, ids))])];
}

async function countTutors(tx: EntityManager, ids: readonly string[], now: Date): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await sql<{ id: string }>`
    update recommendations.tutors t set
      review_count = n.reviews, rating = n.rating, application_count = n.applications, chosen_count = n.chosen,
      response_minutes = n.response, student_count = n.students, returning_count = n.returning,
      lesson_count = n.lessons, booking_count = n.bookings, let_down_count = n.let_downs, recent_lessons = n.recent,
      upcoming_lessons = n.upcoming, last_active_at = n.active
    from (
      select t.id, r.reviews, r.rating, a.applications, a.chosen, a.response, s.students, s.returning,
        b.lessons, b.bookings, b.let_downs, b.recent, b.upcoming,
        greatest(t.created_at, t.changed_at, a.last, b.last) as active
        from (select * from recommendations.tutors where id = any(${[...ids]}::uuid[]) order by id for no key update) t
        cross join lateral (
          select count(*)::int as reviews, avg(rating)::real as rating
            from recommendations.reviews where tutor_id = t.id) r
        cross join lateral (
          select count(*)::int as applications, (count(*) filter (where a.status = 'CHOSEN'))::int as chosen,
            (percentile_cont(0.5) within group (order by extract(epoch from a.created_at - o.created_at) / 60))::real
              as response,
            max(a.created_at) as last
            from recommendations.applications a left join recommendations.orders o on o.id = a.order_id
           where a.tutor_id = t.id and a.created_at > ${at} - interval '365 days') a
        cross join lateral (
          select (count(*) filter (where status = 'COMPLETED'))::int as lessons,
            (count(*) filter (where status <> 'PENDING_PAYMENT'))::int as bookings,
            (count(*) filter (where let_down))::int as let_downs,
            (count(*) filter (where status = 'COMPLETED' and completed_at > ${at} - interval '90 days'))::int as recent,
            (count(*) filter (where status = 'CONFIRMED' and starts_at >= ${at}
              and starts_at < ${at} + interval '14 days'))::int as upcoming,
            max(completed_at) filter (where status = 'COMPLETED') as last
            from recommendations.bookings where tutor_id = t.id) b
        cross join lateral (
          select count(*)::int as students, (count(*) filter (where lessons > 1))::int as returning from (
            select count(*) as lessons from recommendations.bookings
             where tutor_id = t.id and status = 'COMPLETED' and student_id is not null group by student_id) each) s
    ) n
    where t.id = n.id
      and (t.review_count, t.rating, t.application_count, t.chosen_count, t.response_minutes, t.student_count,
           t.returning_count, t.lesson_count, t.booking_count, t.let_down_count, t.recent_lessons, t.upcoming_lessons,
           t.last_active_at)
        is distinct from (n.reviews, n.rating, n.applications, n.chosen, n.response, n.students, n.returning, n.lessons,
           n.bookings, n.let_downs, n.recent, n.upcoming, n.active)
    returning t.id`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}

async function countOffers(tx: EntityManager, ids: readonly string[]): Promise<string[]> {
  const wanted = sql`any(${[...ids]}::uuid[])`;
  const { LESSON, CHOSEN, FIVE_STARS, FOUR_STARS } = POPULARITY_WEIGHTS;
  const { rows } = await sql<{ id: string }>`
    update recommendations.offers o set lesson_count = n.lessons, popularity = n.popularity
    from (
      select o.tutor_id, o.subject_id, (count(e.weight) filter (where e.is_lesson))::int as lessons,
        log(2, (1 + coalesce(sum(e.weight * ${decay()}), 0))::numeric)::real as popularity
        from (select tutor_id, subject_id from recommendations.offers where tutor_id = ${wanted}
               order by tutor_id, subject_id for no key update) o
        left join (
          select tutor_id, subject_id, ${sql.lit(LESSON)}::float8 as weight, completed_at as at, true as is_lesson
            from recommendations.bookings where tutor_id = ${wanted} and status = 'COMPLETED'
          union all
          select a.tutor_id, o.subject_id, ${sql.lit(CHOSEN)}, a.decided_at, false
            from recommendations.applications a join recommendations.orders o on o.id = a.order_id
           where a.tutor_id = ${wanted} and a.status = 'CHOSEN'
          union all
          select tutor_id, subject_id,
            case rating when 5 then ${sql.lit(FIVE_STARS)} else ${sql.lit(FOUR_STARS)} end, created_at, false
            from recommendations.reviews where tutor_id = ${wanted} and rating >= 4
        ) e on e.tutor_id = o.tutor_id and e.subject_id = o.subject_id
       group by o.tutor_id, o.subject_id
    ) n
    where o.tutor_id = n.tutor_id and o.subject_id = n.subject_id
      and (o.lesson_count, o.popularity) is distinct from (n.lessons, n.popularity)
    returning o.tutor_id as id`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}

/** As popularityOf has it. */
function decay(): RawBuilder<number> {
  const halfLife = sql.lit(HALF_LIFE_DAYS * 86_400);
  const epoch = sql.lit(POPULARITY_EPOCH.toISOString());
  return sql`power(2::float8, extract(epoch from e.at - ${epoch}::timestamptz)::float8 / ${halfLife})`;
}
