import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { type RawBuilder, sql } from 'kysely';
import type { LockReason } from './lesson-progress.rules.js';

/**
 * Which of the lessons are locked for an enrolment, and why; null means open. One statement. Lessons that do not exist are not
 * in the answer.
 */
export async function lockOf(
  em: EntityManager,
  enrollmentId: string,
  lessonIds: readonly string[],
  at = new Date(),
): Promise<Map<string, LockReason | null>> {
  const { rows } = await sql<{ id: string; lock: LockReason | null }>`
    select l.id, ${lockReason(at)} as lock from learning.lessons l
      left join learning.enrollments e on e.id = ${enrollmentId}
      left join learning.cohorts c on c.id = e.cohort_id
     where l.id = any (${lessonIds.filter(isId)}::uuid[])`.execute(em.getKysely());
  return new Map(rows.map(({ id, lock }) => [id, lock]));
}

/** Why a lesson `l` is locked for an enrolment `e` of a cohort `c` (either may be null by an outer join), in SQL. */
export function lockReason(at: Date): RawBuilder<LockReason | null> {
  return sql`case
    when e.id is null or e.status = 'DROPPED' or e.version_id <> l.version_id then 'NOT_ENROLLED'
    when e.started_at is null and c.starts_on > (${at}::timestamptz at time zone 'UTC')::date then 'NOT_STARTED'
    when exists (select from learning.lesson_prerequisites q where q.lesson_id = l.id and not exists (
      select from learning.lesson_progress done
       where done.enrollment_id = e.id and done.lesson_id = q.required_id and done.status = 'COMPLETED'))
      then 'PREREQUISITE'
    end`;
}
