import { DAY_MS, dayOfDate, MINUTE_MS, weekdayOf, weekOf, type ZoneClock, zoneClock } from './zone-clock.js';

/** A part of a day by the tutor's clock, in minutes after midnight; 1440 is the next midnight. */
export interface DayWindow {
  startsAtMinute: number;
  endsAtMinute: number;
}

/** When a tutor teaches, and how lessons lie in it. */
export interface SlotSchedule {
  timeZone: string;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minimumNoticeMinutes: number;
  bookingWindowDays: number;
  /** Lessons a day and a week of the tutor's calendar; null without a limit. */
  dailyLimit: number | null;
  weeklyLimit: number | null;
  slotStepMinutes: number;
  /** Weekday 1 is Monday. */
  rules: readonly ({ weekday: number } & DayWindow)[];
  /** Dates on which other windows hold than those of their weekday. */
  overrides: readonly { date: string; windows: readonly DayWindow[] }[];
  /** Dates without any window, both ends included. */
  daysOff: readonly { fromDate: string; toDate: string }[];
}

/** From one moment to before another, in milliseconds since 1970. */
export interface Span {
  start: number;
  end: number;
}

/** What keeps slots from being free. */
export interface BusyTimes {
  /** Lessons that the tutor gives, each with the tutor's buffers around it. */
  lessons: readonly Span[];
  /** What else keeps the tutor busy. */
  tutor: readonly Span[];
  /** What keeps the student busy; buffers are the tutor's alone. */
  student: readonly Span[];
  /** Beginnings of the lessons that count for the limits. */
  counted: readonly number[];
}

/** Why a lesson can or cannot take place at a time. */
export type SlotVerdict = 'FREE' | 'TAKEN' | 'OUTSIDE_AVAILABILITY' | 'TOO_SOON' | 'TOO_FAR' | 'LIMIT_REACHED';

/** Lessons may begin from `start` to before `end`: after the notice, within the booking window. */
export function bookableSpan(schedule: SlotSchedule, now: number): Span {
  const clock = zoneClock(schedule.timeZone);
  const today = clock.dayOf(now);
  return {
    start: now + schedule.minimumNoticeMinutes * MINUTE_MS,
    end: clock.momentOf(today + schedule.bookingWindowDays + 1, 0),
  };
}

/**
 * Every free slot that begins from `from` to before `until`, in their order. Slots begin with a window and then every
 * step of elapsed time; a lesson fits when windows that touch one another hold it whole.
 *
 * @param ask `most`: how many at most
 */
export function freeSlots(
  schedule: SlotSchedule,
  busy: BusyTimes,
  ask: { from: number; until: number; minutes: number; now: number; most?: number },
): Span[] {
  const { most = Number.POSITIVE_INFINITY, minutes } = ask;
  const bookable = bookableSpan(schedule, ask.now);
  const range = { start: Math.max(ask.from, bookable.start), end: Math.min(ask.until, bookable.end) };
  const isTaken = takenBy(blockedSpans(schedule, busy));
  const isOverLimit = limitsOf(schedule, busy);
  const slots: Span[] = [];
  for (const slot of offeredSlots(schedule, range, minutes * MINUTE_MS)) {
    if (slots.length >= most) break;
    if (!isTaken(slot) && !isOverLimit(slot.start)) slots.push(slot);
  }
  return slots;
}

/** Says of one time what `freeSlots` says of all: it is FREE if and only if it is among them. */
export function judgeSlot(schedule: SlotSchedule, busy: BusyTimes, slot: Span, now: number): SlotVerdict {
  const bookable = bookableSpan(schedule, now);
  if (slot.start < bookable.start) return 'TOO_SOON';
  if (slot.start >= bookable.end) return 'TOO_FAR';
  const [offered] = offeredSlots(schedule, { start: slot.start, end: slot.start + 1 }, slot.end - slot.start);
  if (!offered) return 'OUTSIDE_AVAILABILITY';
  if (takenBy(blockedSpans(schedule, busy))(slot)) return 'TAKEN';
  return limitsOf(schedule, busy)(slot.start) ? 'LIMIT_REACHED' : 'FREE';
}

/** What the windows offer, whoever is busy; each beginning once. */
function* offeredSlots(schedule: SlotSchedule, range: Span, length: number): Generator<Span> {
  if (range.start >= range.end) return;
  const step = schedule.slotStepMinutes * MINUTE_MS;
  const windows = windowsAround(schedule, { start: range.start, end: range.end + length });
  const wholes = merged(windows);
  let whole = 0;
  let from = range.start;
  for (const window of windows) {
    while ((wholes[whole]?.end ?? Number.POSITIVE_INFINITY) < window.end) whole++;
    const end = wholes[whole]?.end ?? window.end;
    const steps = Math.max(0, Math.ceil((from - window.start) / step));
    const last = Math.min(window.end, range.end);
    for (let start = window.start + steps * step; start < last; start += step) {
      if (start + length <= end) yield { start, end: start + length };
    }
    from = Math.max(from, window.end);
  }
}

/** The windows of all days that touch a span, by their beginning; they may touch one another. */
function windowsAround(schedule: SlotSchedule, { start, end }: Span): Span[] {
  const clock = zoneClock(schedule.timeZone);
  const rules = Map.groupBy(schedule.rules, ({ weekday }) => weekday);
  const overrides = new Map(schedule.overrides.map(({ date, windows }) => [dayOfDate(date), windows]));
  const daysOff = schedule.daysOff.map(({ fromDate, toDate }) => ({
    first: dayOfDate(fromDate),
    last: dayOfDate(toDate),
  }));
  const windows: Span[] = [];
  // A day more at both ends: a clock change may push a window over midnight.
  const lastDay = clock.dayOf(end) + 1;
  for (let day = clock.dayOf(start) - 1; day <= lastDay; day++) {
    if (daysOff.some(({ first, last }) => first <= day && day <= last) || !clock.hasDay(day)) continue;
    for (const window of overrides.get(day) ?? rules.get(weekdayOf(day)) ?? []) {
      const span = spanOf(clock, day, window);
      // What lies whole in an hour that is left out has no length.
      if (span.start < span.end) windows.push(span);
    }
  }
  return windows.sort(byStart);
}

function spanOf(clock: ZoneClock, day: number, { startsAtMinute, endsAtMinute }: DayWindow): Span {
  return { start: clock.momentOf(day, startsAtMinute), end: clock.momentOf(day, endsAtMinute) };
}

/** Times in which no lesson can be, with the buffers that it would have itself. */
function blockedSpans(schedule: SlotSchedule, { lessons, tutor, student }: BusyTimes): Span[] {
  const before = schedule.bufferBeforeMinutes * MINUTE_MS;
  const after = schedule.bufferAfterMinutes * MINUTE_MS;
  const widened = (spans: readonly Span[], front: number, back: number): Span[] =>
    spans.map(({ start, end }) => ({ start: start - front, end: end + back }));
  // Between two lessons lie the buffer after the one and the buffer before the other.
  return merged(
    [...widened(lessons, before + after, after + before), ...widened(tutor, after, before), ...student].sort(byStart),
  );
}

/** Does a slot meet one of these? They are in order and apart from one another. */
function takenBy(blocked: readonly Span[]): (slot: Span) => boolean {
  return ({ start, end }) => {
    let [low, high] = [0, blocked.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocked[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const next = blocked[low];
    return next !== undefined && next.start < end;
  };
}

/** Are there as many lessons already, on that day or in that week of the tutor's, as there may be? */
function limitsOf(schedule: SlotSchedule, { counted }: BusyTimes): (start: number) => boolean {
  const { dailyLimit, weeklyLimit } = schedule;
  if (dailyLimit === null && weeklyLimit === null) return () => false;
  const clock = zoneClock(schedule.timeZone);
  const days = countBy(counted.map((start) => clock.dayOf(start)));
  const weeks = countBy(counted.map((start) => weekOf(clock.dayOf(start))));
  const isReached = (count: number | undefined, limit: number | null): boolean =>
    limit !== null && (count ?? 0) >= limit;
  return (start) => {
    const day = clock.dayOf(start);
    return isReached(days.get(day), dailyLimit) || isReached(weeks.get(weekOf(day)), weeklyLimit);
  };
}

function countBy(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Spans that touch or overlap become one. @param spans by their beginning */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

function byStart(one: Span, other: Span): number {
  return one.start - other.start || one.end - other.end;
}

/** How far around a range lessons count for its limits: a week, and a day for the zone. */
export const LIMITS_REACH_MS = 8 * DAY_MS;
