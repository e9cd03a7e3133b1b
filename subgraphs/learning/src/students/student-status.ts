import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { studentStatusChanged } from '../events.js';
import { lockStudents } from './student.repository.js';

/**
 * Brings how students stand in the school up to what their enrolments say, and tells of those who stand otherwise now. In the
 * transaction that changed an enrolment (or a risk); it locks the students.
 */
export async function refreshStudentStatus(tx: EntityManager, studentIds: readonly string[], at: Date): Promise<void> {
  await tx.flush();
  await lockStudents(tx, studentIds);
  // A statement of its own: it must see what whoever held the locks before has committed.
  const { rows } = await sql<{ id: string; user_id: string | null }>`
    with standing as (
      select s.id, s.status as was,
        case when bool_or(e.status = 'ACTIVE' and r.level = 'AT_RISK') then 'AT_RISK'
             when count(e.id) = 0 or bool_or(e.status = 'ACTIVE') then 'ACTIVE'
             when bool_and(e.status = 'COMPLETED') then 'COMPLETED'
             else 'DROPPED' end as is_now
        from learning.students s left join learning.enrollments e on e.student_id = s.id
        left join learning.risk_scores r on r.enrollment_id = e.id
       where s.id = any (${[...studentIds]}::uuid[]) group by s.id
    )
    update learning.students s set status = standing.is_now, updated_at = ${at}::timestamptz
      from standing where standing.id = s.id and standing.is_now <> standing.was
    returning s.id, s.user_id`.execute(tx.getKysely());
  for (const { id, user_id: userId } of rows) {
    recordEvent(tx, studentStatusChanged.create({ subject: id, data: { studentId: id, userId } }));
  }
}
