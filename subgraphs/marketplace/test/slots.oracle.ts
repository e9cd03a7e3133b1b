import type { BusyTimes, DayWindow, SlotSchedule, Span } from '../src/schedules/slots.rules.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What clocks show, read from Intl alone: minute by minute wherever they change. */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  /** Wall time as if it were UTC, for each minute of the span. */
  private readonly walls: number[] = [];

  constructor(
    timeZone: string,
    readonly since: number,
    readonly until: number,
  ) {
    this.format = formatOf(timeZone);
    for (let hour = since; hour < until; hour += HOUR) {
      const [begin, end] = [this.read(hour), this.read(hour + HOUR)];
      const isEven = end - begin === HOUR;
      for (let minute = hour; minute < hour + HOUR; minute += MINUTE) {
        this.walls.push(isEven ? begin + minute - hour : this.read(minute));
      }
    }
  }

  wall(moment: number): number {
    return this.walls[(moment - this.since) / MINUTE] ?? Number.NaN;
  }

  day(moment: number): number {
    return Math.floor(this.wall(moment) / DAY);
  }

  days(): Set<number> {
    return new Set(this.walls.map((wall) => Math.floor(wall / DAY)));
  }

  /** The earliest moment at which the calendar shows a later day; Infinity when it never does in the span. */
  firstAfter(day: number): number {
    const later = this.walls.findIndex((wall) => Math.floor(wall / DAY) > day);
    return later < 0 ? Number.POSITIVE_INFINITY : this.since + later * MINUTE;
  }

  /** The earliest moment at which the clock shows this, or as long after the jump as it would have been. */
  moment(wall: number): number {
    const shown = this.walls.indexOf(wall);
    if (shown >= 0) return this.since + shown * MINUTE;
    const later = this.walls.findIndex((other) => other > wall);
    const skippedFrom = (this.walls[later - 1] ?? Number.NaN) + MINUTE;
    return this.since + later * MINUTE + (wall - skippedFrom);
  }

  private read(moment: number): number {
    const parts = new Map<string, number>(
      this.format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    );
    const of = (type: string): number => parts.get(type) ?? Number.NaN;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all that it is asked. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'iso8601', hourCycle: 'h23', ...fields });
  formats.set(timeZone, format);
  return format;
}

/** Asks each slot every question that the rules are about, one minute after another; slow, and hard to get wrong. */
export function slotsByBruteForce(
  schedule: SlotSchedule,
  busy: BusyTimes,
  ask: { from: number; until: number; minutes: number; now: number },
): number[] {
  const clock = new WallClock(schedule.timeZone, ask.from - 3 * DAY, ask.until + 4 * DAY);
  const windows = [...clock.days()]
    .flatMap((day) => windowsOf(schedule, day).map((window) => spanOf(clock, day, window)))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start || one.end - other.end);
  const open = new Set<number>();
  for (const { start, end } of windows) for (let at = start; at < end; at += MINUTE) open.add(at);
  const hour = floor(ask.now, HOUR);
  const today = new WallClock(schedule.timeZone, hour, hour + HOUR).day(floor(ask.now, MINUTE));
  // When the calendar first shows a day beyond the window; clocks that then go back over midnight open it no more.
  const tooFar = clock.firstAfter(today + schedule.bookingWindowDays);
  const starts = new Set<number>();
  // Where a change pushes one window over another, the slots of the first stand.
  let covered = Number.NEGATIVE_INFINITY;
  for (const { start, end } of windows) {
    for (let at = start; at < end; at += schedule.slotStepMinutes * MINUTE) {
      if (at >= ask.from && at < ask.until && at >= covered && fits(at)) starts.add(at);
    }
    covered = Math.max(covered, end);
  }
  return [...starts].sort((one, other) => one - other);

  function fits(at: number): boolean {
    const end = at + ask.minutes * MINUTE;
    for (let minute = at; minute < end; minute += MINUTE) if (!open.has(minute)) return false;
    if (at < ask.now + schedule.minimumNoticeMinutes * MINUTE) return false;
    if (at >= tooFar) return false;
    return !isTaken(schedule, busy, { start: at, end }) && !isOverLimit(at);
  }

  function isOverLimit(at: number): boolean {
    const day = clock.day(at);
    const days = busy.counted.map((start) => clock.day(floor(start, MINUTE)));
    const sameDay = days.filter((other) => other === day).length;
    const sameWeek = days.filter((other) => mondayOf(other) === mondayOf(day)).length;
    return sameDay >= (schedule.dailyLimit ?? Infinity) || sameWeek >= (schedule.weeklyLimit ?? Infinity);
  }
}

function isTaken(schedule: SlotSchedule, busy: BusyTimes, slot: Span): boolean {
  const withBuffers = ({ start, end }: Span): Span => ({
    start: start - schedule.bufferBeforeMinutes * MINUTE,
    end: end + schedule.bufferAfterMinutes * MINUTE,
  });
  const overlap = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;
  return (
    busy.lessons.some((lesson) => overlap(withBuffers(slot), withBuffers(lesson))) ||
    busy.tutor.some((span) => overlap(withBuffers(slot), span)) ||
    busy.student.some((span) => overlap(slot, span))
  );
}

function windowsOf(schedule: SlotSchedule, day: number): readonly DayWindow[] {
  const date = new Date(day * DAY);
  const text = date.toISOString().slice(0, 10);
  if (schedule.daysOff.some(({ fromDate, toDate }) => fromDate <= text && text <= toDate)) return [];
  const override = schedule.overrides.find((other) => other.date === text);
  return override?.windows ?? schedule.rules.filter(({ weekday }) => weekday % 7 === date.getUTCDay());
}

function spanOf(clock: WallClock, day: number, { startsAtMinute, endsAtMinute }: DayWindow): Span {
  return {
    start: clock.moment(day * DAY + startsAtMinute * MINUTE),
    end: clock.moment(day * DAY + endsAtMinute * MINUTE),
  };
}

function mondayOf(day: number): number {
  const weekday = new Date(day * DAY).getUTCDay();
  return day - ((weekday + 6) % 7);
}

function floor(moment: number, unit: number): number {
  return Math.floor(moment / unit) * unit;
}
