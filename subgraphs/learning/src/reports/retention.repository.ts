import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** Students who began in one month, and how many of them were still there in the months after it. */
export interface RetentionCohort {
  /** The first day of the month, `YYYY-MM-DD`. */
  month: string;
  students: number;
  /** By months since: active in that month, or through with the course by its end. The month itself first. */
  retained: number[];
  /** How many have completed the course, and left it. */
  completed: number;
  dropped: number;
}

/** Retention of who was enrolled in these months (first days), in a course or in all, by what is known at a moment. */
export async function findRetention(
  em: EntityManager,
  { from, to, courseId, at }: { from: string; to: string; courseId: string | null; at: Date },
): Promise<RetentionCohort[]> {
  const { rows } = await sql<RetentionCohort>`
    with learners as (
      select e.student_id, date_trunc('month', min(e.enrolled_at) at time zone 'UTC')::date as month,
        max(e.completed_at) as completed_at,
        bool_and(e.status = 'DROPPED') as is_dropped, bool_or(e.status = 'COMPLETED') as is_completed
      from learning.enrollments e
      where ${courseId === null ? sql`true` : sql`e.course_id = ${courseId}::uuid`}
      group by e.student_id
      having min(e.enrolled_at) >= ${from}::date::timestamp at time zone 'UTC'
        and min(e.enrolled_at) < (${to}::date + interval '1 month') at time zone 'UTC'),
    months as (
      select c.month, (c.month + make_interval(months => n))::date as later, n
      from (select distinct month from learners) c,
        generate_series(0, 24) as n
      where c.month + make_interval(months => n) <= ${at}::timestamptz at time zone 'UTC')
    select to_char(l.month, 'YYYY-MM-DD') as month, count(distinct l.student_id)::int as students,
      (count(distinct l.student_id) filter (where l.is_completed))::int as completed,
      (count(distinct l.student_id) filter (where l.is_dropped))::int as dropped,
      (select array_agg(stayed order by n) from (
        select m.n, (select count(*)::int from learners other where other.month = l.month and (
            other.completed_at < (m.later + interval '1 month') at time zone 'UTC'
            or exists (select from learning.activity_days d where d.student_id = other.student_id
              and d.day >= m.later and d.day < m.later + interval '1 month'))) as stayed
        from months m where m.month = l.month) as by_month) as retained
    from learners l group by l.month order by l.month`.execute(em.getKysely());
  return rows;
}
