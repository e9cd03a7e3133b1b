import { hoursLeft } from '../policies/policy.rules.js';
import type { BookingStatus } from './booking.rules.js';

/** Both sides are reminded so many hours before a lesson, the earliest first. */
export const REMINDER_HOURS = [24, 1] as const;

/** What the clock does to a booking. */
export type ClockStep =
  | { kind: 'EXPIRE' }
  | { kind: 'START' }
  | { kind: 'COMPLETE' }
  | { kind: 'REMIND'; hoursBefore: number };

/** What the clock looks at. */
export interface Timed {
  status: BookingStatus;
  startsAt?: Date | null | undefined;
  endsAt?: Date | null | undefined;
  expiresAt?: Date | null | undefined;
  remindedHours: readonly number[];
}

/** The rules of the booking's policy that the clock follows. */
export interface ClockRules {
  completedAfterHours: number;
}

const HOUR_MS = 60 * 60 * 1000;

/** When a hold or an unpaid booking gives its time free: what is not paid when it should begin does not take place. */
export function expiryOf({ expiresAt, startsAt }: Timed): Date | null {
  if (!expiresAt) return null;
  return startsAt && startsAt < expiresAt ? startsAt : expiresAt;
}

/**
 * What is due for a booking now, in its order; nothing twice. After a long silence a lesson may begin and be completed at
 * once, and of two reminders that were missed only the later one is still worth anything.
 */
export function dueSteps(booking: Timed, rules: ClockRules, now: Date): ClockStep[] {
  const { status, startsAt, endsAt } = booking;
  if (status === 'HELD' || status === 'PENDING_PAYMENT')
    return isOver(expiryOf(booking), now) ? [{ kind: 'EXPIRE' }] : [];
  if (!startsAt || !endsAt) return [];
  if (status === 'CONFIRMED' && !isOver(startsAt, now)) return dueReminder(booking, startsAt, now);
  const steps: ClockStep[] = status === 'CONFIRMED' ? [{ kind: 'START' }] : [];
  if (status !== 'CONFIRMED' && status !== 'IN_PROGRESS') return [];
  return isOver(hoursAfter(endsAt, rules.completedAfterHours), now) ? [...steps, { kind: 'COMPLETE' }] : steps;
}

/** When the next step is due, if nothing else happens; null when time alone changes nothing any more. */
export function nextStepAt(booking: Timed, rules: ClockRules): Date | null {
  const { status, startsAt, endsAt } = booking;
  if (status === 'HELD' || status === 'PENDING_PAYMENT') return expiryOf(booking);
  if (status === 'IN_PROGRESS' && endsAt) return hoursAfter(endsAt, rules.completedAfterHours);
  if (status !== 'CONFIRMED' || !startsAt) return null;
  const next = REMINDER_HOURS.find((hours) => !booking.remindedHours.includes(hours));
  return next ? hoursAfter(startsAt, -next) : startsAt;
}

/** The reminders that are not needed: their time was over already when the lesson got its time. */
export function passedReminders(startsAt: Date, now: Date): number[] {
  return REMINDER_HOURS.filter((hours) => hoursLeft(startsAt, now) <= hours);
}

function dueReminder({ remindedHours }: Timed, startsAt: Date, now: Date): ClockStep[] {
  const hoursBefore = passedReminders(startsAt, now).at(-1);
  return hoursBefore && !remindedHours.includes(hoursBefore) ? [{ kind: 'REMIND', hoursBefore }] : [];
}

function isOver(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}

function hoursAfter(time: Date, hours: number): Date {
  return new Date(time.getTime() + hours * HOUR_MS);
}
