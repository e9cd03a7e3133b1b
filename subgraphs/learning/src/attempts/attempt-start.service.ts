import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { lockEnrollment } from '../enrollments/enrollment.repository.js';
import { requireEnrollment } from '../enrollments/enrollment-access.js';
import type { LearningErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import { seenLesson } from '../lessons/lesson.access.js';
import { lockOf } from '../progress/lesson-gate.js';
import { noteActivity } from '../students/activity.js';
import type { StudentAccess } from '../students/student-access.js';
import type { Test } from '../tests/test.entity.js';
import { findTest } from '../tests/test.repository.js';
import { Attempt, AttemptQuestion } from './attempt.entity.js';
import { hindranceOf, isOverdue, rulesFor } from './attempt.rules.js';
import { expireAttempt } from './attempt-closing.js';
import { resultsOf } from './attempt-results.js';
import { drawRevisions, findCandidates } from './draw.js';
import { TestAllowance } from './test-allowance.entity.js';

const what = z.object({ testId: reference });

/** How attempts begin. */
export class AttemptStartService {
  constructor(private readonly access: StudentAccess) {}

  /**
   * A new attempt, or the one that is running: two calls at once make one.
   *
   * @throws Refusal NOT_FOUND, NOT_A_STUDENT, NOT_ENROLLED, LESSON_LOCKED, ATTEMPTS_USED_UP, PAUSE_NOT_OVER, TEST_EMPTY
   */
  async start(context: RequestContext, input: unknown): Promise<Attempt> {
    const { testId } = accept(what, input, context.locale);
    const test = await findTest(context.em, testId);
    if (!(test && (await seenLesson(context, test.lessonId)))) {
      throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'testId']);
    }
    const { id: studentId } = await this.access.requireMine(context);
    const enrollment = await requireEnrollment(context.em, studentId, { lessonId: test.lessonId });
    const now = new Date();
    const known = await findRunning(context.em, test.id, enrollment.id);
    if (known && isOverdue(known, now)) await expireAttempt(context.em, known.id, now);
    return transaction(context.em, (tx) => begin(tx, test, enrollment, now));
  }
}

/** Whoever begins holds the enrolment, so that another one who does finds what this one made. */
async function begin(tx: EntityManager, test: Test, { id: enrollmentId }: Enrollment, now: Date): Promise<Attempt> {
  const locked = await lockEnrollment(tx, enrollmentId);
  const running = await findRunning(tx, test.id, enrollmentId);
  if (running) return running;
  const lock = (await lockOf(tx, enrollmentId, [test.lessonId], now)).get(test.lessonId);
  if (!locked || lock === undefined || lock === 'NOT_ENROLLED') throw new Refusal<LearningErrorCode>('NOT_ENROLLED');
  if (lock) throw new Refusal<LearningErrorCode>('LESSON_LOCKED', ['input', 'testId']);
  const before = await tx.find(Attempt, { enrollmentId, testId: test.id });
  const allowance = await tx.findOne(TestAllowance, { enrollmentId, testId: test.id });
  const rules = rulesFor(test, allowance);
  refuseHindered(rules, before, now);
  const seed = randomUUID();
  const revisions = drawRevisions(await findCandidates(tx, test.id), seed, test.shufflesQuestions);
  if (revisions.length === 0) throw new Refusal<LearningErrorCode>('TEST_EMPTY', ['input', 'testId']);
  const { timeLimitMinutes } = rules;
  const attempt = tx.create(Attempt, {
    ...{ id: newId(), testId: test.id, enrollmentId, number: before.length + 1, status: 'RUNNING', seed },
    startedAt: now,
    deadlineAt: timeLimitMinutes ? new Date(now.getTime() + timeLimitMinutes * 60_000) : null,
    ...{ closedAt: null, earned: null, possible: null, percent: null, passed: null },
  });
  for (const [index, revisionId] of revisions.entries()) {
    tx.create(AttemptQuestion, {
      ...{ id: newId(), attemptId: attempt.id, position: index + 1, revisionId },
      ...{ answer: null, sequence: 0, answeredAt: null, earned: null },
    });
  }
  await noteActivity(tx, locked.enrollment.studentId, 'TEST', now);
  return attempt;
}

function refuseHindered(rules: ReturnType<typeof rulesFor>, before: readonly Attempt[], now: Date): void {
  const hindrance = hindranceOf(rules, resultsOf(before), now);
  if (!hindrance) return;
  const { code } = hindrance;
  const details = code === 'PAUSE_NOT_OVER' ? { availableAt: hindrance.availableAt } : {};
  throw new Refusal<LearningErrorCode>([{ code, field: ['input', 'testId'], details }]);
}

function findRunning(em: EntityManager, testId: string, enrollmentId: string): Promise<Attempt | null> {
  return em.findOne(Attempt, { testId, enrollmentId, status: 'RUNNING' });
}
