import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  enrollmentCompleted,
  enrollmentDropped,
  enrollmentMoved,
  enrollmentResumed,
  enrollmentStarted,
  homeworkChecked,
  homeworkExtended,
  homeworkReturned,
  homeworkReviewed,
  homeworkSubmitted,
  lessonCompleted,
  testGraded,
} from '../events.js';

const RELEVANT = [
  enrollmentStarted,
  enrollmentResumed,
  enrollmentMoved,
  enrollmentCompleted,
  enrollmentDropped,
  lessonCompleted,
  testGraded,
  homeworkSubmitted,
  homeworkChecked,
  homeworkReviewed,
  homeworkReturned,
  homeworkExtended,
];
const concerned = z.object({ studentId: z.uuid(), courseId: z.uuid() });

/** An enrolment whose score does not know of all that has happened. */
export interface DueEnrollment {
  enrollmentId: string;
  versionId: string;
  /** In PostgreSQL's words, to the microsecond; null when there was never a score. */
  dueAt: string | null;
}

/** Notes whose risk may be another after what has happened; a job scores them within a minute, however much it was. */
export function riskDueConsumer(): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handler: EventHandler = {
    apply: async (tx, event) => {
      const { studentId, courseId } = concerned.parse(event.data);
      await sql`
        insert into learning.risk_due (enrollment_id, due_at)
        select id, ${new Date()}::timestamptz from learning.enrollments
         where student_id = ${studentId} and course_id = ${courseId}
        on conflict (enrollment_id) do update set due_at = excluded.due_at`.execute(tx.getKysely());
    },
  };
  return {
    name: 'risk-due',
    stream: 'learning',
    handlers: Object.fromEntries(RELEVANT.map(({ type }) => [type, handler])),
  };
}

/** Who is to be scored: with whom something has happened, and who learns and has no score yet. */
export async function findDue(em: EntityManager, most: number): Promise<DueEnrollment[]> {
  const { rows } = await sql<DueEnrollment>`
    (select d.enrollment_id as "enrollmentId", e.version_id as "versionId", d.due_at as "dueAt"
      from learning.risk_due d join learning.enrollments e on e.id = d.enrollment_id
     order by d.due_at, d.enrollment_id limit ${most})
    union all
    (select e.id, e.version_id, null from learning.enrollments e
     where e.status = 'ACTIVE' and not exists (select from learning.risk_scores r where r.enrollment_id = e.id)
       and not exists (select from learning.risk_due d where d.enrollment_id = e.id)
     limit ${most})`.execute(em.getKysely());
  return rows;
}

/** They were scored; unless something has happened meanwhile. */
export async function settleDue(em: EntityManager, scored: readonly DueEnrollment[]): Promise<void> {
  const due = scored.filter(({ dueAt }) => dueAt !== null);
  await sql`
    delete from learning.risk_due d using unnest(${due.map(({ enrollmentId }) => enrollmentId)}::uuid[],
        ${due.map(({ dueAt }) => dueAt)}::timestamptz[]) as scored (enrollment_id, due_at)
     where d.enrollment_id = scored.enrollment_id and d.due_at <= scored.due_at`.execute(em.getKysely());
}
