import type { EnrollmentStatus } from '../enrollments/enrollment.rules.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What somebody's pace is judged by. */
export interface PaceFacts {
  status: EnrollmentStatus;
  enrolledAt: Date;
  /** The day on which the cohort begins, such as `2026-11-21`; null without one. */
  startsOn: string | null;
  /** For how many days the course is planned. */
  lengthDays: number;
  /** How many lessons must be completed, and how many of them are. */
  required: number;
  done: number;
}

/** How somebody keeps up with what is planned. */
export interface Pace {
  /** What share should be completed by now, 0 to 100; null when they do not go on with the course. */
  expectedPercent: number | null;
  /** How many lessons that should be completed by now are not. */
  lessonsBehind: number;
}

/**
 * A course is planned to be gone through evenly, from the day on which the cohort begins (or they enrolled, if that is later) in
 * so many days.
 */
export function paceOf({ status, enrolledAt, startsOn, lengthDays, required, done }: PaceFacts, now: Date): Pace {
  if (status === 'DROPPED') return { expectedPercent: null, lessonsBehind: 0 };
  const begin = Math.max(enrolledAt.getTime(), startsOn ? Date.parse(`${startsOn}T00:00:00Z`) : 0);
  const share = Math.min(1, Math.max(0, (now.getTime() - begin) / (lengthDays * DAY_MS)));
  const lessonsBehind = status === 'COMPLETED' ? 0 : Math.max(0, Math.floor(share * required) - done);
  return { expectedPercent: Math.floor(share * 100), lessonsBehind };
}
