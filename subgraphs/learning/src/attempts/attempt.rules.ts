import type { CountingRule, ReviewRule } from '../tests/test.rules.js';

/** Where an attempt stands: it is RUNNING, was SUBMITTED, or has EXPIRED with what was answered in time. */
export const attemptStatuses = ['RUNNING', 'SUBMITTED', 'EXPIRED'] as const;
/** @see attemptStatuses */
export type AttemptStatus = (typeof attemptStatuses)[number];

/** How long after the deadline answers are taken that were on their way. */
export const GRACE_SECONDS = 15;

interface Timed {
  status: AttemptStatus;
  deadlineAt?: Date | null | undefined;
}

/** Is a running attempt's time over, with what is granted to answers on their way? */
export function isOverdue({ status, deadlineAt }: Timed, now: Date): boolean {
  return (
    status === 'RUNNING' && deadlineAt instanceof Date && now.getTime() > deadlineAt.getTime() + GRACE_SECONDS * 1_000
  );
}

/** The latest deadline of attempts that are overdue. */
export function overdueSince(now: Date): Date {
  return new Date(now.getTime() - GRACE_SECONDS * 1_000);
}

/** An attempt that is over. */
export interface Result {
  number: number;
  percent: number;
  passed: boolean;
  closedAt: Date;
}

/** Which of the attempts that are over counts: the last, or the best (of equals the first). */
export function countedResult<Closed extends Result>(results: readonly Closed[], rule: CountingRule): Closed | null {
  const byNumber = [...results].sort((a, b) => a.number - b.number);
  if (rule === 'LAST') return byNumber.at(-1) ?? null;
  return byNumber.reduce<Closed | null>((best, one) => (best && best.percent >= one.percent ? best : one), null);
}

/** Why a new attempt cannot begin, and from when it can. */
export type Hindrance = { code: 'ATTEMPTS_USED_UP' } | { code: 'PAUSE_NOT_OVER'; availableAt: Date };

interface RetakeRules {
  maxAttempts?: number | null | undefined;
  retakePauseMinutes: number;
  /** After attempts that ended before this nobody need wait. */
  pauseWaivedAt?: Date | null | undefined;
}

interface TimedRules extends RetakeRules {
  timeLimitMinutes?: number | null | undefined;
}

/** What a student was granted beyond the rules of a test. */
interface Allowance {
  extraAttempts: number;
  extraMinutes: number;
  pauseWaivedAt?: Date | null | undefined;
}

/** The rules of a test as they hold for one student. */
export function rulesFor<Rules extends TimedRules>(test: Rules, allowance: Allowance | null): TimedRules {
  const { maxAttempts, retakePauseMinutes, timeLimitMinutes } = test;
  if (!allowance) return { maxAttempts, retakePauseMinutes, timeLimitMinutes };
  const { extraAttempts, extraMinutes, pauseWaivedAt } = allowance;
  return {
    maxAttempts: maxAttempts && maxAttempts + extraAttempts,
    timeLimitMinutes: timeLimitMinutes && timeLimitMinutes + extraMinutes,
    ...{ retakePauseMinutes, pauseWaivedAt },
  };
}

/** What hinders a new attempt, once none is running. */
export function hindranceOf(
  { maxAttempts, retakePauseMinutes, pauseWaivedAt }: RetakeRules,
  results: readonly Result[],
  now: Date,
): Hindrance | null {
  if (isUsedUp(maxAttempts, results)) return { code: 'ATTEMPTS_USED_UP' };
  const last = Math.max(...results.map(({ closedAt }) => closedAt.getTime()));
  const availableAt = new Date(last + retakePauseMinutes * 60_000);
  const isWaived = pauseWaivedAt instanceof Date && last <= pauseWaivedAt.getTime();
  return results.length > 0 && !isWaived && now < availableAt ? { code: 'PAUSE_NOT_OVER', availableAt } : null;
}

/**
 * May the student see what is right in attempts of theirs that are over?
 *
 * @param maxAttempts as it holds for this student
 */
export function mayReview(
  review: ReviewRule,
  maxAttempts: RetakeRules['maxAttempts'],
  results: readonly Result[],
): boolean {
  switch (review) {
    case 'NEVER':
      return false;
    case 'AFTER_SUBMISSION':
      return true;
    case 'AFTER_PASSING':
      return results.some(({ passed }) => passed) || isUsedUp(maxAttempts, results);
  }
}

function isUsedUp(maxAttempts: number | null | undefined, results: readonly Result[]): boolean {
  return typeof maxAttempts === 'number' && results.length >= maxAttempts;
}
