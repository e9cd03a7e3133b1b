import { z } from 'zod';
import { text } from '../lessons/lesson.rules.js';

/** Where a calendar comes from. */
export const calendarKinds = ['ICS', 'GOOGLE'] as const;
/** @see calendarKinds */
export type CalendarKind = (typeof calendarKinds)[number];

/** Whether a calendar can be read. */
export const calendarStatuses = ['PENDING', 'READABLE', 'UNREADABLE'] as const;
/** @see calendarStatuses */
export type CalendarStatus = (typeof calendarStatuses)[number];

/** Why a calendar cannot be read. */
export const calendarFailures = [
  'ADDRESS_NOT_PUBLIC',
  'UNREACHABLE',
  'TOO_SLOW',
  'TOO_LARGE',
  'TOO_MANY_REDIRECTS',
  'REFUSED',
  'NOT_A_CALENDAR',
  'CONSENT_WITHDRAWN',
] as const;
/** @see calendarFailures */
export type CalendarFailure = (typeof calendarFailures)[number];

/** One may connect so many calendars. */
export const MOST_CALENDARS = 5;
/** What a calendar said last blocks time for so many hours after it can no longer be read. */
export const TRUSTED_HOURS = 24;

const MINUTE_MS = 60 * 1000;
/** How often a calendar is read that can be. */
export const READ_EVERY_MS = 15 * MINUTE_MS;
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;

/** How an address must be written; `webcal:` is what calendars call HTTPS in their own links. */
export const calendarAddress = z
  .string()
  .max(2_000)
  .transform((address) => address.trim().replace(/^webcals?:/i, 'https:'))
  .pipe(z.url({ protocol: /^https?$/ }));

/** What a calendar to be connected must look like. */
export const newCalendar = z.object({ address: calendarAddress, name: text(1, 100) });

/**
 * When a calendar is to be read again: every quarter of an hour, and ever more rarely while it cannot be, six hours at
 * most; some chance keeps calendars apart that began together.
 *
 * @param chance 0 to 1
 */
export function nextReading(now: Date, failures: number, chance: number): Date {
  const pause = Math.min(READ_EVERY_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS);
  return new Date(now.getTime() + pause * (0.9 + 0.2 * chance));
}
