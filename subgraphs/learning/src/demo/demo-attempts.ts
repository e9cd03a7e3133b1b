import type { RequiredEntityData } from '@mikro-orm/core';
import type { Random } from '@tutorgraph/kit/demo/random';
import type { Attempt, AttemptQuestion } from '../attempts/attempt.entity.js';
import { earnedBy, gradeOf, HUNDREDTHS } from '../questions/grading.rules.js';
import type { QuestionContent } from '../questions/question.rules.js';
import { shuffled } from '../questions/shuffle.rules.js';
import { madeUpAnswer } from './made-up-answer.js';

const MINUTE_MS = 60_000;
/** Even where one may try for ever, people do not. */
const MOST_TRIES = 4;
/** How much more they know after an attempt at which they failed. */
const LEARNED_BY_FAILING = 0.1;
/** Share of weak attempts that are left until their time is over. */
const LEFT_OPEN = 0.15;

/** A test of fixed questions that somebody tries. */
export interface TriedTest {
  id: string;
  passingPercent: number;
  timeLimitMinutes: number | null;
  maxAttempts: number | null;
  retakePauseMinutes: number;
  questions: readonly { revisionId: string; points: number; content: QuestionContent }[];
}

/** Somebody in front of a test. */
export interface DemoSitting {
  test: TriedTest;
  enrollmentId: string;
  /** When they begin. */
  from: Date;
  /** Nothing happens after this. */
  until: Date;
  /** Share of what they know, 0 to 1. */
  skill: number;
}

/** What somebody did at a test. */
export interface DemoAttempts {
  attempts: (RequiredEntityData<Attempt> & { closedAt: Date })[];
  questions: RequiredEntityData<AttemptQuestion>[];
  /** When they passed; null when they have not yet. */
  passedAt: Date | null;
}

/**
 * Attempts of somebody until they pass, have no more, or the story ends; by the test's own rules, graded as any.
 *
 * @param newId gives ids of rows: `attempt`, `attempt-question`
 */
export function demoAttempts(
  { test, enrollmentId, from, until, skill }: DemoSitting,
  random: Random,
  newId: (kind: string) => string,
): DemoAttempts {
  const made: DemoAttempts = { attempts: [], questions: [], passedAt: null };
  const tries = Math.min(test.maxAttempts ?? MOST_TRIES, MOST_TRIES);
  let startedAt = from;
  for (let number = 1; number <= tries && !made.passedAt; number++) {
    const known = Math.min(1, skill + LEARNED_BY_FAILING * (number - 1));
    const { attempt, questions } = sit({ test, enrollmentId, startedAt, known, number }, random, newId);
    if (attempt.closedAt > until) break;
    made.attempts.push(attempt);
    made.questions.push(...questions);
    if (attempt.passed) made.passedAt = attempt.closedAt;
    const rest = test.retakePauseMinutes + random.integer(10, 36 * 60);
    startedAt = new Date(attempt.closedAt.getTime() + rest * MINUTE_MS);
  }
  return made;
}

interface Try {
  test: TriedTest;
  enrollmentId: string;
  startedAt: Date;
  known: number;
  number: number;
}

function sit({ test, enrollmentId, startedAt, known, number }: Try, random: Random, newId: (kind: string) => string) {
  const id = newId('attempt');
  const { timeLimitMinutes: limit } = test;
  const isLeft = limit !== null && known < 0.7 && random.chance(LEFT_OPEN);
  const minutes = isLeft
    ? limit
    : Math.min(limit ?? 60, Math.ceil((test.questions.length * random.integer(40, 110)) / 60));
  const closedAt = new Date(startedAt.getTime() + minutes * MINUTE_MS);
  const questions = shuffled(test.questions, id, ({ revisionId }) => revisionId).map((question, index) => {
    const answer = isLeft && random.chance(0.5) ? null : madeUpAnswer(question.content, random, known);
    return {
      ...{ id: newId('attempt-question'), attemptId: id, position: index + 1, revisionId: question.revisionId, answer },
      ...{ sequence: answer ? 1 : 0, answeredAt: answer && closedAt },
      earned: earnedBy(question.content, question.points, answer),
    };
  });
  const possible = test.questions.reduce((sum, { points }) => sum + points * HUNDREDTHS, 0);
  const grade = gradeOf(
    questions.map(({ earned }) => earned),
    possible,
    test.passingPercent,
  );
  const status = isLeft ? ('EXPIRED' as const) : ('SUBMITTED' as const);
  const deadlineAt = limit === null ? null : new Date(startedAt.getTime() + limit * MINUTE_MS);
  const attempt = {
    id,
    testId: test.id,
    enrollmentId,
    number,
    status,
    seed: id,
    startedAt,
    deadlineAt,
    closedAt,
    ...grade,
  };
  return { attempt, questions };
}
