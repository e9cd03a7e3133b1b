import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { Course } from '../courses/course.entity.js';
import { placeEnrollment } from '../enrollments/place-enrollment.js';
import { studentAdded } from '../events.js';
import { completeLesson } from '../progress/complete-lesson.js';
import { noteChanges, openLessons } from './exchange.repository.js';
import type { LearnerPlan, Link } from './exchange.rules.js';

/** Constraints that stand for “somebody else has this place”. */
const TAKEN = new Set(['students_unclaimed_email_unique', 'students_external_unique', 'cohorts_seats_check']);

/**
 * Does what is planned for one learner, in one transaction; what it cannot do (a cohort is full, say) undoes all of it.
 *
 * @returns false when it could not be done
 */
export async function applyPlan(em: EntityManager, exchangeId: string, plan: LearnerPlan, at: Date): Promise<boolean> {
  try {
    await transaction(em, async (tx) => {
      await noteChanges(tx, exchangeId, plan.changes);
      if (plan.changes.every(({ kind }) => kind === 'LEAVE_OUT')) return;
      const studentId = plan.studentId ?? (await addStudent(tx, plan, at));
      await rememberPerson(tx, studentId, plan);
      for (const { link, lessons } of plan.enroll) await bringIntoCourse(tx, studentId, link, lessons, at);
    });
    return true;
  } catch (error) {
    if (error instanceof Refusal || TAKEN.has(violatedConstraint(error))) return false;
    throw error;
  }
}

async function addStudent(tx: EntityManager, { learner }: LearnerPlan, at: Date): Promise<string> {
  const id = newId();
  const { externalId, email, name } = learner;
  await sql`
    insert into learning.students (id, name, email, external_id, source, status, created_at, updated_at)
    values (${id}, ${name}, ${email}, ${externalId}, 'IMPORT', 'ACTIVE', ${at}, ${at})`.execute(tx.getKysely());
  recordEvent(tx, studentAdded.create({ subject: id, data: { studentId: id, userId: null, source: 'IMPORT' } }));
  return id;
}

async function rememberPerson(tx: EntityManager, studentId: string, { learner, changes }: LearnerPlan): Promise<void> {
  if (changes.some(({ kind }) => kind === 'MATCH_STUDENT')) {
    await sql`
      update learning.students set external_id = ${learner.externalId} where id = ${studentId} and external_id is null`.execute(
      tx.getKysely(),
    );
  }
  if (!learner.email) return;
  await sql`
    insert into learning.getcourse_people (student_id, email) values (${studentId}, ${learner.email})
    on conflict (student_id) do update set email = excluded.email where getcourse_people.email <> excluded.email`.execute(
    tx.getKysely(),
  );
}

async function bringIntoCourse(
  tx: EntityManager,
  studentId: string,
  { courseId, cohortId }: Link,
  lessons: number | null,
  at: Date,
): Promise<void> {
  const course = await tx.findOneOrFail(Course, { id: courseId });
  const placed = await placeEnrollment(tx, { studentId, course, source: 'IMPORT', ...(cohortId && { cohortId }) }, at);
  await tx.flush();
  for (const lessonId of await openLessons(tx, placed.enrollment.id, lessons ?? 0)) {
    await completeLesson(tx, placed.enrollment, { id: lessonId }, at);
  }
}
