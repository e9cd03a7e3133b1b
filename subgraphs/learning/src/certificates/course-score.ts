import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/**
 * How well somebody did in a course, in percent: the mean of the tests that have a result, each by the attempt that counts, and of
 * the homework that was reviewed. Null when there is neither.
 */
export async function courseScore(em: EntityManager, enrollmentId: string): Promise<number | null> {
  const { rows } = await sql<{ score: number | null }>`
    select round(avg(percent))::int as score from (
      (select distinct on (a.test_id) a.percent::numeric from learning.attempts a join learning.tests t on t.id = a.test_id
        where a.enrollment_id = ${enrollmentId} and a.closed_at is not null
        order by a.test_id, case when t.counting = 'BEST' then a.percent end desc nulls last, a.number desc)
      union all
      select 100.0 * g.score / h.max_score from learning.homework_assignments g join learning.homework h on h.id = g.homework_id
        where g.enrollment_id = ${enrollmentId} and g.status = 'REVIEWED' and g.score is not null
    ) as results`.execute(em.getKysely());
  return rows[0]?.score ?? null;
}
