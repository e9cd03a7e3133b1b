import { z } from 'zod';
import type { DayWindow } from './slots.rules.js';
import { zoneClock } from './zone-clock.js';

/** Days of the week as in ISO 8601: Monday is 1 in the database. */
export const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
/** @see weekdays */
export type Weekday = (typeof weekdays)[number];

/** Minutes that may lie between the beginnings of slots. */
export const slotSteps = [5, 10, 15, 30, 60] as const;
/** What a schedule says where its tutor says nothing. */
export const SCHEDULE_DEFAULTS = {
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 12 * 60,
  bookingWindowDays: 60,
  slotStepMinutes: 30,
} as const;
/** How many dates with other windows, and how many times off, may lie ahead. */
export const MOST_DATES = 100;

const MIDNIGHT = 24 * 60;
const MOST_WINDOWS_A_WEEK = 140;
const MOST_WINDOWS_A_DAY = 20;

/** An IANA name; an offset such as +03:00 knows no clock changes. The scalar has checked that it is either. */
const timeZone = z
  .string()
  .max(64)
  .refine((name) => /^[a-z]/i.test(name))
  .transform((name) => zoneClock(name).timeZone);
const startsAtMinute = z
  .number()
  .int()
  .min(0)
  .max(MIDNIGHT - 1);
const endsAtMinute = z.number().int().min(1).max(MIDNIGHT);
const isLong = (window: DayWindow): boolean => window.startsAtMinute < window.endsAtMinute;
const tooShort = { path: ['endsAtMinute'] };
const dayWindow = z.object({ startsAtMinute, endsAtMinute }).refine(isLong, tooShort);
const weeklyWindow = z
  .object({ weekday: z.enum(weekdays), startsAtMinute, endsAtMinute })
  .refine(isLong, tooShort)
  .transform(({ weekday, ...window }) => ({ weekday: weekdays.indexOf(weekday) + 1, ...window }));
/** A calendar day as the scalar gives it: midnight in UTC. The database knows no year 0. */
const date = z
  .date()
  .min(new Date(0))
  .transform((day) => day.toISOString().slice(0, 10));
const buffer = z.number().int().min(0).max(120);
const { bufferBeforeMinutes, bufferAfterMinutes, minimumNoticeMinutes, bookingWindowDays, slotStepMinutes } =
  SCHEDULE_DEFAULTS;

/** What a schedule must look like, its weekly windows included. */
export const newSchedule = z.object({
  timeZone,
  weeklyWindows: z.array(weeklyWindow).max(MOST_WINDOWS_A_WEEK),
  bufferBeforeMinutes: buffer.default(bufferBeforeMinutes),
  bufferAfterMinutes: buffer.default(bufferAfterMinutes),
  minimumNoticeMinutes: z.number().int().min(0).max(43_200).default(minimumNoticeMinutes),
  bookingWindowDays: z.number().int().min(1).max(365).default(bookingWindowDays),
  dailyLimit: z.number().int().min(1).max(96).nullish(),
  weeklyLimit: z.number().int().min(1).max(672).nullish(),
  slotStepMinutes: z.literal(slotSteps).default(slotStepMinutes),
});

/** Other windows on one date. */
export const dateOverride = z.object({ date, windows: z.array(dayWindow).max(MOST_WINDOWS_A_DAY) });

/** Which date has other windows no longer. */
export const overrideReference = z.object({ date });

/** A time off, both dates included. */
export const newDaysOff = z.object({ from: date, to: date }).refine(({ from, to }) => from <= to, { path: ['to'] });

/** Which time off. */
export const daysOffReference = z.object({ daysOffId: z.string().max(100) });

/** The index of the first window that overlaps one before it on the same weekday; undefined when they are apart. */
export function overlapIn(windows: readonly ({ weekday?: number } & DayWindow)[]): number | undefined {
  const index = windows.findIndex((window, place) =>
    windows
      .slice(0, place)
      .some(
        (other) =>
          other.weekday === window.weekday &&
          other.startsAtMinute < window.endsAtMinute &&
          window.startsAtMinute < other.endsAtMinute,
      ),
  );
  return index < 0 ? undefined : index;
}

/** Windows as PostgreSQL's `int4multirange` reads them. */
export function multirange(windows: readonly DayWindow[]): string {
  return `{${windows.map(({ startsAtMinute: from, endsAtMinute: to }) => `[${from},${to})`).join(',')}}`;
}
