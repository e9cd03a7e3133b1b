import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { enrollmentsById } from '../enrollments/enrollment.repository.js';
import { lessonAccess } from '../enrollments/enrollment-access.js';
import { HUNDREDTHS } from '../questions/grading.rules.js';
import { keyOf } from '../questions/question-key.js';
import type { Student } from '../students/student.entity.js';
import type { StudentAccess } from '../students/student-access.js';
import type { Test } from '../tests/test.entity.js';
import { testsById } from '../tests/test.repository.js';
import type { TestStanding } from '../tests/test.types.js';
import type { Attempt } from './attempt.entity.js';
import {
  type AttemptedQuestion,
  allowancesOfSittings,
  attemptsOfSittings,
  findAttempt,
  findResults,
  questionsOfAttempts,
  type ResultSearch,
} from './attempt.repository.js';
import { countedResult, hindranceOf, isOverdue, mayReview, rulesFor } from './attempt.rules.js';
import { expireAttempt } from './attempt-closing.js';
import { resultsOf } from './attempt-results.js';
import { type Shuffling, shownQuestion } from './shown-question.js';

/** What people see of attempts. */
export class AttemptService {
  constructor(private readonly access: StudentAccess) {}

  /** An attempt of a student whom the viewer may see; one whose time is over is closed on the way. */
  async find(context: RequestContext, id: string): Promise<Attempt | null> {
    const attempt = await findAttempt(context.em, id);
    if (!(attempt && (await this.student(context, attempt)))) return null;
    const now = new Date();
    return isOverdue(attempt, now) ? expireAttempt(context.em, attempt.id, now) : attempt;
  }

  /** A page of results of students whom the viewer may see, the newest first. */
  results(context: RequestContext, search: ResultSearch, page: PageRequest): Promise<Connection<Attempt>> {
    return findResults(context.em, search, this.access.visible(context, sql`e.student_id`), page);
  }

  /** Whose attempt it is, for whoever may see them. */
  async student(context: RequestContext, attempt: Attempt): Promise<Student | null> {
    const enrollment = await context.loader(enrollmentsById).load(attempt.enrollmentId);
    return enrollment && this.access.seen(context, enrollment.studentId);
  }

  /** The test that was tried. */
  async test(context: RequestContext, { testId }: Attempt): Promise<Test> {
    const test = await context.loader(testsById).load(testId);
    if (!test) throw new Error(`Attempts are of a test that is not there: ${testId}`);
    return test;
  }

  /** Is it the attempt that counts? */
  async counts(context: RequestContext, attempt: Attempt): Promise<boolean> {
    const [test, attempts] = await Promise.all([
      this.test(context, attempt),
      context.loader(attemptsOfSittings).load(attempt),
    ]);
    return countedResult(resultsOf(attempts), test.counting)?.id === attempt.id;
  }

  /** The questions as the student sees them. */
  async questions(context: RequestContext, attempt: Attempt) {
    const [shuffling, questions] = await Promise.all([
      this.shuffling(context, attempt),
      context.loader(questionsOfAttempts).load(attempt.id),
    ]);
    return questions.map((question) => shownQuestion(question, shuffling));
  }

  /** A question as the student sees it. */
  async question(context: RequestContext, question: AttemptedQuestion) {
    const attempt = await findAttempt(context.em, question.attemptId);
    if (!attempt) throw new Error(`A question is of an attempt that is not there: ${question.attemptId}`);
    return shownQuestion(question, await this.shuffling(context, attempt));
  }

  /** What is right, for staff that sees the student, and for the student when the test's rule allows it; null otherwise. */
  async review(context: RequestContext, attempt: Attempt) {
    if (attempt.status === 'RUNNING' || !(await this.mayReview(context, attempt))) return null;
    const [shuffling, questions] = await Promise.all([
      this.shuffling(context, attempt),
      context.loader(questionsOfAttempts).load(attempt.id),
    ]);
    return questions.map((question) => ({
      question: shownQuestion(question, shuffling),
      earnedPoints: (question.earned ?? 0) / HUNDREDTHS,
      isRight: question.earned === question.points * HUNDREDTHS,
      key: keyOf(question.content),
      explanation: question.explanation,
    }));
  }

  /** How the viewer stands at a test; null when they do not learn its lesson. */
  async standing(context: RequestContext, test: Test): Promise<TestStanding | null> {
    const { enrollmentId, lock } = await context.loader(lessonAccess).load(test.lessonId);
    if (!enrollmentId || lock === 'NOT_ENROLLED') return null;
    const sitting = { enrollmentId, testId: test.id };
    const [attempts, allowance] = await Promise.all([
      context.loader(attemptsOfSittings).load(sitting),
      context.loader(allowancesOfSittings).load(sitting),
    ]);
    const rules = rulesFor(test, allowance);
    const now = new Date();
    const isRunning = attempts.some((attempt) => attempt.status === 'RUNNING' && !isOverdue(attempt, now));
    // One whose time is over counts as closed at its deadline, whoever comes to close it.
    const results = attempts.flatMap((one) => resultsOf([one])[0] ?? (isOverdue(one, now) ? [expired(one)] : []));
    const hindrance = hindranceOf(rules, results, now);
    return {
      mayStart: isRunning || (lock === null && !hindrance),
      availableAt: hindrance?.code === 'PAUSE_NOT_OVER' ? hindrance.availableAt : null,
      attemptsLeft: rules.maxAttempts ? Math.max(0, rules.maxAttempts - attempts.length) : null,
      timeLimitMinutes: rules.timeLimitMinutes ?? null,
      hasPassed: countedResult(results, test.counting)?.passed ?? false,
    };
  }

  /** The viewer's own attempt that is running; null when there is none. */
  async running(context: RequestContext, test: Test): Promise<Attempt | null> {
    const { enrollmentId } = await context.loader(lessonAccess).load(test.lessonId);
    if (!enrollmentId) return null;
    const attempts = await context.loader(attemptsOfSittings).load({ enrollmentId, testId: test.id });
    const now = new Date();
    return attempts.find((attempt) => attempt.status === 'RUNNING' && !isOverdue(attempt, now)) ?? null;
  }

  private async mayReview(context: RequestContext, attempt: Attempt): Promise<boolean> {
    const student = await this.student(context, attempt);
    if (!student) return false;
    if (!(student.userId && context.isUser(student.userId))) return !context.isService;
    const [test, attempts, allowance] = await Promise.all([
      this.test(context, attempt),
      context.loader(attemptsOfSittings).load(attempt),
      context.loader(allowancesOfSittings).load(attempt),
    ]);
    // The questions of another attempt may be the same.
    const isTrying = attempts.some(({ status }) => status === 'RUNNING');
    return !isTrying && mayReview(test.review, rulesFor(test, allowance).maxAttempts, resultsOf(attempts));
  }

  private async shuffling(context: RequestContext, attempt: Attempt): Promise<Shuffling> {
    const { shufflesOptions } = await this.test(context, attempt);
    return { seed: attempt.seed, shufflesOptions };
  }
}

function expired({ id, number, deadlineAt }: Attempt) {
  return { id, number, percent: 0, passed: false, closedAt: deadlineAt ?? new Date() };
}
