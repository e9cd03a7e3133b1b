import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import type { Answer } from '../questions/answer.rules.js';

interface AnswerRow {
  id: string;
  number: number;
  status: string;
  startedAt: string;
  closedAt: string | null;
  percent: number | null;
  passed: boolean | null;
  position: number;
  prompt: string;
  answer: Answer | null;
}

type ArchivedAttempt = Omit<AnswerRow, 'position' | 'prompt' | 'answer'> & {
  answers: Pick<AnswerRow, 'prompt' | 'answer'>[];
};

/** Somebody's attempts at tests with what they answered; not what would have been right, which is the school's. */
export async function collectAttempts(em: EntityManager, userId: string): Promise<PersonalData> {
  const { rows } = await sql<AnswerRow>`
    select a.id, a.number, a.status, a.started_at as "startedAt", a.closed_at as "closedAt", a.percent, a.passed,
      q.position, r.prompt, q.answer
      from learning.attempts a
      join learning.enrollments e on e.id = a.enrollment_id
      join learning.students s on s.id = e.student_id
      join learning.attempt_questions q on q.attempt_id = a.id
      join learning.question_revisions r on r.id = q.revision_id
     where s.user_id = ${userId} order by a.started_at, a.id, q.position`.execute(em.getKysely());
  const attempts = new Map<string, ArchivedAttempt>();
  for (const { prompt, answer, position: _, ...attempt } of rows) {
    const known: ArchivedAttempt = attempts.get(attempt.id) ?? { ...attempt, answers: [] };
    known.answers.push({ prompt, answer });
    attempts.set(attempt.id, known);
  }
  const { rows: testAllowances } = await sql`
    select w.test_id as "testId", w.extra_attempts as "extraAttempts", w.extra_minutes as "extraMinutes",
      w.pause_waived_at as "pauseWaivedAt", w.updated_at as "updatedAt"
      from learning.test_allowances w
      join learning.enrollments e on e.id = w.enrollment_id
      join learning.students s on s.id = e.student_id
     where s.user_id = ${userId} order by w.updated_at, w.test_id`.execute(em.getKysely());
  return { sections: { testAttempts: [...attempts.values()], testAllowances } };
}

/**
 * Keeps what attempts came to, for the school's figures; what was answered goes, and so does what is running and what was
 * granted.
 */
export async function eraseAttempts(tx: EntityManager, userId: string): Promise<void> {
  const own = sql`select a.id from learning.attempts a
    join learning.enrollments e on e.id = a.enrollment_id
    join learning.students s on s.id = e.student_id where s.user_id = ${userId}`;
  await sql`delete from learning.attempts where status = 'RUNNING' and id in (${own})`.execute(tx.getKysely());
  await sql`update learning.attempt_questions set answer = null where attempt_id in (${own})`.execute(tx.getKysely());
  await sql`delete from learning.test_allowances where enrollment_id in (select e.id from learning.enrollments e
    join learning.students s on s.id = e.student_id where s.user_id = ${userId})`.execute(tx.getKysely());
  await sql`update learning.test_allowances set granted_by = null where granted_by = ${userId}`.execute(tx.getKysely());
  await sql`update learning.question_revisions set created_by = null where created_by = ${userId}`.execute(
    tx.getKysely(),
  );
}
