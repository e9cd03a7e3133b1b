import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { z } from 'zod';
import type { LearningErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import { givenAnswer, readAnswer } from '../questions/answer.rules.js';
import type { Attempt } from './attempt.entity.js';
import { type AttemptedQuestion, findAttempt, findQuestion } from './attempt.repository.js';
import { type AttemptStatus, isOverdue } from './attempt.rules.js';
import { expireAttempt, submitAttempt } from './attempt-closing.js';

const saving = z.object({
  questionId: reference,
  answer: givenAnswer,
  sequence: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
});
const submission = z.object({ attemptId: reference });

/** What a student does in an attempt of theirs. */
export class AttemptAnswerService {
  /**
   * Keeps an answer unless one with the same or a greater number is kept already.
   *
   * @returns the question with what is kept
   * @throws Refusal NOT_FOUND, INVALID_INPUT, ATTEMPT_OVER
   */
  async save(context: RequestContext, input: unknown): Promise<AttemptedQuestion> {
    const { questionId, answer: given, sequence } = accept(saving, input, context.locale);
    const question = await findQuestion(context.em, questionId);
    const now = new Date();
    const { userId } = context.user;
    if (!question) throw notFound('questionId');
    const read = readAnswer(question.content, given);
    const isOver = await transaction(context.em, async (tx) => {
      const attempt = await shareAttempt(tx, question.attemptId, userId);
      if (!attempt) throw notFound('questionId');
      if (attempt.status !== 'RUNNING' || isOverdue(attempt, now)) return true;
      if (read === 'UNFIT') throw new Refusal<LearningErrorCode>('INVALID_INPUT', ['input', 'answer']);
      const stored = read.answer && JSON.stringify(read.answer);
      await sql`update learning.attempt_questions
        set answer = ${stored}::jsonb, sequence = ${sequence}, answered_at = ${now}
        where id = ${question.id} and sequence < ${sequence}`.execute(tx.getKysely());
      return false;
    });
    if (isOver) {
      await expireAttempt(context.em, question.attemptId, now);
      throw new Refusal<LearningErrorCode>('ATTEMPT_OVER', ['input', 'questionId']);
    }
    return (await findQuestion(context.em, question.id)) ?? question;
  }

  /** Ends and grades an attempt; one that is over is answered as it is. @throws Refusal NOT_FOUND */
  async submit(context: RequestContext, input: unknown): Promise<Attempt> {
    const { attemptId } = accept(submission, input, context.locale);
    const attempt = await findAttempt(context.em, attemptId);
    if (!(attempt && (await isOwn(context, attempt)))) throw notFound('attemptId');
    return submitAttempt(context.em, attempt.id, new Date());
  }
}

interface SharedAttempt {
  status: AttemptStatus;
  deadlineAt: Date | null;
}

/** An own attempt, locked against its end; others who save do not wait. */
async function shareAttempt(tx: EntityManager, id: string, userId: string): Promise<SharedAttempt | null> {
  const { rows } = await sql<{ status: AttemptStatus; deadlineAt: string | null }>`
    select a.status, a.deadline_at as "deadlineAt" from learning.attempts a
      join learning.enrollments e on e.id = a.enrollment_id
      join learning.students s on s.id = e.student_id
     where a.id = ${id} and s.user_id = ${userId} for share of a`.execute(tx.getKysely());
  const [row] = rows;
  return row ? { status: row.status, deadlineAt: row.deadlineAt === null ? null : new Date(row.deadlineAt) } : null;
}

async function isOwn({ em, user }: RequestContext, { enrollmentId }: Attempt): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select e.id from learning.enrollments e join learning.students s on s.id = e.student_id
     where e.id = ${enrollmentId} and s.user_id = ${user.userId}`.execute(em.getKysely());
  return rows.length > 0;
}

function notFound(field: string): Refusal<LearningErrorCode> {
  return new Refusal<LearningErrorCode>('NOT_FOUND', ['input', field]);
}
