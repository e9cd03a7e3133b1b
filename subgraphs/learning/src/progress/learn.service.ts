import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentsById, type LockedEnrollment, lockEnrollment } from '../enrollments/enrollment.repository.js';
import { requireEnrollment } from '../enrollments/enrollment-access.js';
import type { LearningErrorCode } from '../errors.js';
import { lessonStarted } from '../events.js';
import { assignHomework, unmetHomework } from '../homework/homework-duty.js';
import { Lesson } from '../lessons/lesson.entity.js';
import { lessonReference } from '../lessons/lesson.rules.js';
import { noteActivity } from '../students/activity.js';
import type { StudentAccess } from '../students/student-access.js';
import { unmetTests } from '../tests/test-duty.js';
import { completeLesson } from './complete-lesson.js';
import { lockOf } from './lesson-gate.js';
import { lessonStandings, standings } from './progress.repository.js';

/** A lesson that somebody learns. */
export interface Learned {
  enrollment: Enrollment;
  lesson: Lesson;
}

const FIELD = ['input', 'lessonId'];

/** What students do with lessons. */
export class LearnService {
  constructor(private readonly access: StudentAccess) {}

  /**
   * Begins a lesson; twice is once. With it comes its homework.
   *
   * @throws Refusal NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED
   */
  start(context: RequestContext, input: unknown): Promise<Learned> {
    return this.learn(context, input, begin);
  }

  /**
   * Completes a lesson; twice is once. With the last one that must be completed the course is.
   *
   * @throws Refusal NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, LESSON_LOCKED, TEST_NOT_PASSED, HOMEWORK_NOT_SUBMITTED
   */
  complete(context: RequestContext, input: unknown): Promise<Learned> {
    return this.learn(context, input, async (tx, locked, lesson, at) => {
      const { id } = locked.enrollment;
      if (await isCompleted(tx, id, lesson.id)) return;
      if (await unmetTests(tx, id, lesson.id)) throw new Refusal<LearningErrorCode>('TEST_NOT_PASSED', FIELD);
      if (await unmetHomework(tx, id, lesson.id)) {
        throw new Refusal<LearningErrorCode>('HOMEWORK_NOT_SUBMITTED', FIELD);
      }
      await begin(tx, locked, lesson, at);
      await completeLesson(tx, locked.enrollment, lesson, at);
    });
  }

  private async learn(
    context: RequestContext,
    input: unknown,
    work: (tx: EntityManager, locked: LockedEnrollment, lesson: Lesson, at: Date) => Promise<void>,
  ): Promise<Learned> {
    const { lessonId } = accept(lessonReference, input, context.locale);
    const student = await this.access.requireMine(context);
    const learned = await transaction(context.em, async (tx) => {
      const lesson = isId(lessonId) ? await tx.findOne(Lesson, { id: lessonId }) : null;
      if (!lesson) throw new Refusal<LearningErrorCode>('NOT_FOUND', FIELD);
      const { id } = await requireEnrollment(tx, student.id, { lessonId });
      const locked = await lockEnrollment(tx, id);
      const at = new Date();
      const lock = (await lockOf(tx, id, [lessonId], at)).get(lessonId);
      if (!locked || lock === 'NOT_ENROLLED') throw new Refusal<LearningErrorCode>('NOT_ENROLLED', FIELD);
      if (lock) throw new Refusal<LearningErrorCode>('LESSON_LOCKED', FIELD);
      await work(tx, locked, lesson, at);
      return { enrollment: locked.enrollment, lesson };
    });
    forget(context, learned.enrollment);
    return learned;
  }
}

/** Another mutation of the same request may have asked how far they are. */
function forget(context: RequestContext, { id }: Enrollment): void {
  context.loader(standings).clear(id);
  context.loader(lessonStandings).clear(id);
  context.loader(enrollmentsById).clear(id);
}

async function begin(tx: EntityManager, { enrollment, userId }: LockedEnrollment, lesson: Lesson, at: Date) {
  const { numAffectedRows } = await sql`
    insert into learning.lesson_progress (enrollment_id, lesson_id, status, started_at)
    values (${enrollment.id}, ${lesson.id}, 'IN_PROGRESS', ${at}::timestamptz)
    on conflict (enrollment_id, lesson_id) do nothing`.execute(tx.getKysely());
  if (numAffectedRows !== 1n) return;
  enrollment.startedAt ??= at;
  enrollment.updatedAt = at;
  await noteActivity(tx, enrollment.studentId, 'LESSON', at);
  recordEvent(tx, lessonStarted.create({ subject: lesson.id, data: aboutEnrollment(enrollment, userId) }));
  await assignHomework(tx, enrollment, lesson, at);
}

async function isCompleted(tx: EntityManager, enrollmentId: string, lessonId: string): Promise<boolean> {
  const { rows } = await sql`
    select from learning.lesson_progress
     where enrollment_id = ${enrollmentId} and lesson_id = ${lessonId} and status = 'COMPLETED'`.execute(
    tx.getKysely(),
  );
  return rows.length > 0;
}
