import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { type LockedEnrollment, lockEnrollment } from '../enrollments/enrollment.repository.js';
import { moveEnrollment } from '../enrollments/enrollment.transitions.js';
import { lessonCompleted } from '../events.js';
import { noteActivity } from '../students/activity.js';

/**
 * Notes that a student has done all that a lesson asks; with the last lesson that must be done they complete the course.
 * Whoever calls it has checked that the lesson is open and its duties are met. It locks the student and the enrolment, and may
 * be called again: a lesson is completed once.
 *
 * @returns true when this completed it; false when it was completed before, or the student has left the course
 */
export async function completeLesson(
  tx: EntityManager,
  { id }: Pick<Enrollment, 'id'>,
  lesson: { id: string },
  at: Date,
): Promise<boolean> {
  const locked = await lockEnrollment(tx, id);
  if (!locked || locked.enrollment.status === 'DROPPED') return false;
  const { enrollment, userId } = locked;
  if (!(await markCompleted(tx, enrollment, lesson.id, at))) return false;
  await noteActivity(tx, enrollment.studentId, 'LESSON', at);
  enrollment.startedAt ??= at;
  recordEvent(tx, lessonCompleted.create({ subject: lesson.id, data: aboutEnrollment(enrollment, userId) }));
  await settleProgress(tx, locked, at);
  return true;
}

/** Brings percent and status of an enrolment that is locked up to what the progress of its lessons says. */
export async function settleProgress(
  tx: EntityManager,
  { enrollment, userId }: LockedEnrollment,
  at: Date,
): Promise<void> {
  const { done, required } = await countLessons(tx, enrollment);
  enrollment.percent = required === 0 ? 0 : Math.floor((done * 100) / required);
  enrollment.updatedAt = at;
  if (required > 0 && done === required) await moveEnrollment(tx, enrollment, 'COMPLETED', userId, at);
  await tx.flush();
}

/** False when it is completed already, or no lesson of what they learn. */
async function markCompleted(
  tx: EntityManager,
  { id, versionId }: Enrollment,
  lessonId: string,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into learning.lesson_progress as known (enrollment_id, lesson_id, status, started_at, completed_at)
    select ${id}::uuid, l.id, 'COMPLETED', ${at}::timestamptz, ${at}::timestamptz
      from learning.lessons l where l.id = ${lessonId} and l.version_id = ${versionId}
    on conflict (enrollment_id, lesson_id) do update set status = 'COMPLETED', completed_at = excluded.completed_at
      where known.status <> 'COMPLETED'`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

/** Lessons that must be completed, and how many of them are; where all may be left out, all must. */
export async function countLessons(
  tx: EntityManager,
  { id, versionId }: Enrollment,
): Promise<{ done: number; required: number }> {
  const { rows } = await sql<{ done: number; required: number }>`
    select count(*)::int as required, count(p.lesson_id)::int as done
      from (select l.id, l.is_optional, bool_and(l.is_optional) over () as is_all_optional
              from learning.lessons l where l.version_id = ${versionId}) l
      left join learning.lesson_progress p
        on p.enrollment_id = ${id} and p.lesson_id = l.id and p.status = 'COMPLETED'
     where not l.is_optional or l.is_all_optional`.execute(tx.getKysely());
  return rows[0] ?? { done: 0, required: 1 };
}
