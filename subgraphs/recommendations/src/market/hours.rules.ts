import { tokensOf } from './hours.lexicon.js';
import { freeTimes } from './hours-clauses.rules.js';
import { languageOfText } from './languages.rules.js';
import { HOURS_OF_WEEK } from './market.rules.js';

/** A part of every such weekday, in minutes after midnight by a local clock. */
export interface WeeklyWindow {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  weekday: number;
  startsAtMinute: number;
  /** 1440 is the next midnight. */
  endsAtMinute: number;
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** An hour counts when at least so much of it is free: zones such as Asia/Kolkata cut hours in two. */
const ENOUGH_MINUTES = HOUR_MINUTES / 2;
const LONGEST_TEXT = 500;
/** Where most people write in a language, for those whose zone is not known. */
const USUAL_ZONES = { ru: 'Europe/Moscow', en: 'Europe/London' } as const;

/**
 * What a text in Russian or English says of when lessons could be, such as «будни после 18» or "Sat 10-14".
 *
 * @param timeZone whose clock is meant, an IANA name; the usual one of the text's language when not known
 * @param at a moment whose offset from UTC is taken
 * @returns 168 bits, Monday 00:00 UTC first; null when the text limits nothing ("any time") or is not understood
 */
export function hoursOfText(text: string, timeZone: string | null = null, at: Date = new Date()): string | null {
  const said = text.slice(0, LONGEST_TEXT);
  const windows = freeTimes(tokensOf(said)).flatMap(({ days, windows: times }) =>
    days.flatMap((day) =>
      times.map(([from, to]) => ({
        weekday: day + 1,
        startsAtMinute: Math.round(from * HOUR_MINUTES),
        endsAtMinute: Math.round(to * HOUR_MINUTES),
      })),
    ),
  );
  return hoursOfSchedule(windows, timeZone ?? USUAL_ZONES[languageOfText(said) ?? 'ru'], at);
}

/**
 * The hours of the week in which a schedule has windows.
 *
 * @param timeZone by whose clock the windows are, an IANA name; UTC when there is no such zone
 * @param at a moment whose offset from UTC is taken: bits move when clocks change
 * @returns 168 bits, Monday 00:00 UTC first; null without windows
 */
export function hoursOfSchedule(windows: readonly WeeklyWindow[], timeZone: string, at: Date): string | null {
  const free = new Array<number>(HOURS_OF_WEEK).fill(0);
  const offset = offsetMinutes(timeZone, at);
  for (const { weekday, startsAtMinute, endsAtMinute } of windows) {
    const shift = (weekday - 1) * DAY_MINUTES - offset;
    addWindow(free, startsAtMinute + shift, endsAtMinute + shift);
  }
  const bits = free.map((minutes) => (minutes >= ENOUGH_MINUTES ? '1' : '0')).join('');
  return bits.includes('1') ? bits : null;
}

function addWindow(free: number[], from: number, to: number): void {
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / HOUR_MINUTES) + 1) * HOUR_MINUTES);
    const hour = Math.floor((((start % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES) / HOUR_MINUTES);
    free[hour] = (free[hour] ?? 0) + end - start;
    start = end;
  }
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** How far a zone's clock is ahead of UTC at a moment, in minutes. */
function offsetMinutes(timeZone: string, at: Date): number {
  const format = formatOf(timeZone);
  const name = format?.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR_MINUTES + Number(minutes ?? 0));
}

/** Zones are few, and making a format is slow. */
function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = newFormat(timeZone);
  if (formats.size >= 1000) formats.clear();
  formats.set(timeZone, made);
  return made;
}

function newFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
