import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { homeworkAssigned } from '../events.js';
import type { Lesson } from '../lessons/lesson.entity.js';
import { Student } from '../students/student.entity.js';

/** Homework that is done: a curator accepted it, or the check was sure that it is good enough. */
const isDone = sql`(a.status = 'REVIEWED' or (a.status = 'AI_CHECKED' and a.score * 100 >= h.max_score * h.pass_percent))`;

/**
 * Gives somebody who begins a lesson the homework of that lesson; what they have already stays as it is, so that repeating it
 * changes nothing. In the transaction that begins the lesson.
 *
 * @param at from when its days are counted
 */
export async function assignHomework(
  tx: EntityManager,
  enrollment: Pick<Enrollment, 'id' | 'studentId' | 'courseId' | 'cohortId'>,
  lesson: Pick<Lesson, 'id'>,
  at: Date,
): Promise<void> {
  const { rows: waiting } = await sql<{ id: string; due_days: number }>`
    select id, due_days from learning.homework where lesson_id = ${lesson.id} order by position`.execute(
    tx.getKysely(),
  );
  if (waiting.length === 0) return;
  const values = waiting.map(({ id, due_days: days }) => {
    const dueAt = new Date(at.getTime() + days * 24 * 60 * 60 * 1_000);
    return sql`(${newId()}::uuid, ${id}::uuid, ${enrollment.id}::uuid, ${enrollment.studentId}::uuid, 'ASSIGNED', 0,
      ${at}::timestamptz, ${dueAt}::timestamptz, ${at}::timestamptz)`;
  });
  const { rows: given } = await sql<{ id: string; homework_id: string }>`
    insert into learning.homework_assignments
      (id, homework_id, enrollment_id, student_id, status, version, assigned_at, due_at, updated_at)
    values ${sql.join(values)} on conflict (homework_id, enrollment_id) do nothing returning id, homework_id`.execute(
    tx.getKysely(),
  );
  if (given.length === 0) return;
  const { studentId, courseId, cohortId = null } = enrollment;
  const { userId = null } = await tx.findOneOrFail(Student, { id: studentId });
  for (const { id, homework_id: homeworkId } of given) {
    const data = { studentId, userId, courseId, cohortId, homeworkId, assignmentId: id };
    recordEvent(tx, homeworkAssigned.create({ subject: id, data }));
  }
}

/** Is there homework that must be done before this lesson counts as completed, and is not? */
export async function unmetHomework(em: EntityManager, enrollmentId: string, lessonId: string): Promise<boolean> {
  const { rows } = await sql<{ unmet: boolean }>`
    select exists (
      select from learning.homework h where h.lesson_id = ${lessonId} and h.is_required and not exists (
        select from learning.homework_assignments a
         where a.homework_id = h.id and a.enrollment_id = ${enrollmentId} and ${isDone})) as unmet`.execute(
    em.getKysely(),
  );
  return rows[0]?.unmet ?? false;
}
