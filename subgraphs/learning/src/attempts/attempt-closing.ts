import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { testGraded } from '../events.js';
import { unmetHomework } from '../homework/homework-duty.js';
import { completeLesson } from '../progress/complete-lesson.js';
import { earnedBy, gradeOf, HUNDREDTHS } from '../questions/grading.rules.js';
import { Student } from '../students/student.entity.js';
import { Test } from '../tests/test.entity.js';
import { unmetTests } from '../tests/test-duty.js';
import { Attempt } from './attempt.entity.js';
import { findQuestions } from './attempt.repository.js';
import { isOverdue } from './attempt.rules.js';

/**
 * Ends an attempt and grades it, once: one that is over stays as it is. After the deadline it expires, with what was saved in
 * time. Whoever passes completes the lesson, unless homework is open.
 */
export function submitAttempt(em: EntityManager, id: string, now: Date): Promise<Attempt> {
  return transaction(em, async (tx) => {
    const attempt = await lockAttempt(tx, id);
    if (attempt.status === 'RUNNING') await close(tx, attempt, now);
    return attempt;
  });
}

/** Ends an attempt whose time is over; any other stays as it is. */
export function expireAttempt(em: EntityManager, id: string, now: Date): Promise<Attempt> {
  return transaction(em, async (tx) => {
    const attempt = await lockAttempt(tx, id);
    if (isOverdue(attempt, now)) await close(tx, attempt, now);
    return attempt;
  });
}

/** Answers are saved under a lock that waits for this one: what is graded is what stays. */
function lockAttempt(tx: EntityManager, id: string): Promise<Attempt> {
  return tx.findOneOrFail(Attempt, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

async function close(tx: EntityManager, attempt: Attempt, now: Date): Promise<void> {
  const test = await tx.findOneOrFail(Test, { id: attempt.testId });
  const enrollment = await tx.findOneOrFail(Enrollment, { id: attempt.enrollmentId });
  const student = await tx.findOneOrFail(Student, { id: enrollment.studentId });
  const endedAt = isOverdue(attempt, now) ? attempt.deadlineAt : null;
  const closedAt = endedAt ?? now;
  const grade = await gradeQuestions(tx, attempt.id, test.passingPercent);
  Object.assign(attempt, { ...grade, status: endedAt ? 'EXPIRED' : 'SUBMITTED', closedAt });
  const about = aboutEnrollment(enrollment, student.userId ?? null);
  const { passed } = grade;
  recordEvent(tx, testGraded.create({ subject: attempt.id, data: { ...about, testId: test.id, passed } }));
  await tx.flush();
  if (!passed) return;
  const duties = [unmetTests, unmetHomework];
  for (const isUnmet of duties) if (await isUnmet(tx, enrollment.id, test.lessonId)) return;
  await completeLesson(tx, enrollment, { id: test.lessonId }, closedAt);
}

async function gradeQuestions(tx: EntityManager, attemptId: string, passingPercent: number) {
  const questions = await findQuestions(tx, [attemptId]);
  const earned = questions.map(({ content, points, answer }) => earnedBy(content, points, answer));
  await sql`update learning.attempt_questions q set earned = graded.earned
    from unnest(${questions.map(({ id }) => id)}::uuid[], ${earned}::int[]) as graded (id, earned)
    where q.id = graded.id`.execute(tx.getKysely());
  const possible = questions.reduce((sum, { points }) => sum + points * HUNDREDTHS, 0);
  return gradeOf(earned, possible, passingPercent);
}
