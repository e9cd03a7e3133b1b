import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import type { Answer } from '../questions/answer.rules.js';
import type { QuestionContent } from '../questions/question.rules.js';
import { Attempt } from './attempt.entity.js';
import { overdueSince } from './attempt.rules.js';
import { TestAllowance } from './test-allowance.entity.js';

/** A question of an attempt with what it says. */
export interface AttemptedQuestion {
  id: string;
  attemptId: string;
  position: number;
  answer: Answer | null;
  sequence: number;
  earned: number | null;
  prompt: string;
  points: number;
  explanation: string | null;
  content: QuestionContent;
}

const COLUMNS = sql`q.id, q.attempt_id as "attemptId", q.position, q.answer, q.sequence::float8 as sequence, q.earned,
  r.prompt, r.points, r.explanation, r.content`;

const NEWEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.started_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** An attempt, whoever asks. */
export function findAttempt(em: EntityManager, id: string): Promise<Attempt | null> {
  return isId(id) ? em.findOne(Attempt, { id }) : Promise.resolve(null);
}

/** The questions of an attempt in their order. */
export async function findQuestions(em: EntityManager, attemptIds: readonly string[]): Promise<AttemptedQuestion[]> {
  const { rows } = await sql<AttemptedQuestion>`
    select ${COLUMNS} from learning.attempt_questions q join learning.question_revisions r on r.id = q.revision_id
     where q.attempt_id = any (${[...attemptIds]}::uuid[]) order by q.attempt_id, q.position`.execute(em.getKysely());
  return rows;
}

/** A question of an attempt. */
export async function findQuestion(em: EntityManager, id: string): Promise<AttemptedQuestion | null> {
  if (!isId(id)) return null;
  const { rows } = await sql<AttemptedQuestion>`
    select ${COLUMNS} from learning.attempt_questions q join learning.question_revisions r on r.id = q.revision_id
     where q.id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** The questions of attempts in their order, batched. */
export const questionsOfAttempts = defineLoader<string, AttemptedQuestion[]>(
  async ({ em }, attemptIds) =>
    Map.groupBy(await findQuestions(em, attemptIds), ({ attemptId }): unknown => attemptId) as Map<
      unknown,
      AttemptedQuestion[]
    >,
  { absent: () => [] },
);

/** Whose attempts at what. */
export interface Sitting {
  enrollmentId: string;
  testId: string;
}

/** All attempts of somebody at a test, the oldest first, batched. */
export const attemptsOfSittings = defineLoader<Sitting, Attempt[]>(
  async ({ em }, sittings) => {
    const attempts = await em.find(
      Attempt,
      {
        enrollmentId: { $in: [...new Set(sittings.map(({ enrollmentId }) => enrollmentId))] },
        testId: { $in: [...new Set(sittings.map(({ testId }) => testId))] },
      },
      { orderBy: { number: 'asc' } },
    );
    return Map.groupBy(attempts, (attempt): unknown => sittingKey(attempt));
  },
  { keyOf: sittingKey, absent: () => [] },
);

/** What students were granted at tests beyond the rules, batched. */
export const allowancesOfSittings = defineLoader<Sitting, TestAllowance | null>(
  async ({ em }, sittings) => {
    const allowances = await em.find(TestAllowance, {
      enrollmentId: { $in: [...new Set(sittings.map(({ enrollmentId }) => enrollmentId))] },
      testId: { $in: [...new Set(sittings.map(({ testId }) => testId))] },
    });
    return new Map(allowances.map((allowance): [unknown, TestAllowance] => [sittingKey(allowance), allowance]));
  },
  { keyOf: sittingKey, absent: () => null },
);

function sittingKey({ enrollmentId, testId }: Sitting): string {
  return `${enrollmentId} ${testId}`;
}

/** Ids of attempts that nobody has closed although their time is over, the oldest first. */
export async function findOverdue(em: EntityManager, now: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from learning.attempts where status = 'RUNNING' and deadline_at < ${overdueSince(now)}
     order by deadline_at limit ${most}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

type Given<Value> = Value | null | undefined;

/** Which results are looked for; conditions add up. */
export interface ResultSearch {
  studentId?: Given<string>;
  courseId?: Given<string>;
  testId?: Given<string>;
}

/**
 * A page of attempts that are over, the newest first.
 *
 * @param visible says of `e.student_id` whether the viewer may see the student
 */
export function findResults(
  em: EntityManager,
  { studentId, courseId, testId }: ResultSearch,
  visible: RawBuilder<boolean>,
  page: PageRequest,
): Promise<Connection<Attempt>> {
  const is = (column: RawBuilder<unknown>, id: Given<string>): RawBuilder<unknown>[] =>
    id ? [isId(id) ? sql`${column} = ${id}::uuid` : sql`false`] : [];
  const conditions = [
    sql`t.status <> 'RUNNING'`,
    visible,
    ...is(sql`e.student_id`, studentId),
    ...is(sql`e.course_id`, courseId),
    ...is(sql`t.test_id`, testId),
  ];
  const from = sql`from learning.attempts t join learning.enrollments e on e.id = t.enrollment_id
    where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Attempt, from, order: NEWEST_FIRST }, page);
}
