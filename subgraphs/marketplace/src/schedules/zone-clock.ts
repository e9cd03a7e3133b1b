import { Temporal } from 'temporal-polyfill';

/** Milliseconds of a minute. */
export const MINUTE_MS = 60_000;
/** Milliseconds of a day without a clock change. */
export const DAY_MS = 86_400_000;
/** More than any zone was ever away from UTC. */
const FARTHEST_OFFSET_MS = 16 * 3_600_000;
const MOST_CLOCKS = 1_000;

/** Between two clock changes: an offset from UTC that holds from `since` to before `until`. */
interface Segment {
  since: number;
  until: number;
  offset: number;
}

/**
 * The wall clock of a time zone. Moments are milliseconds since 1970 in UTC; days are whole days since 1970-01-01 as the
 * calendar there counts them. What Temporal knows of a zone is kept between two clock changes, so that most questions
 * are one addition.
 */
export class ZoneClock {
  private readonly segments: Segment[] = [];
  private latest: Segment | undefined;

  /** @param timeZone as Temporal writes it, such as Asia/Kolkata */
  constructor(readonly timeZone: string) {}

  /** How far the clock is ahead of UTC at a moment, in milliseconds. */
  offsetAt(moment: number): number {
    return this.segmentAt(moment).offset;
  }

  /** The day that the calendar shows at a moment. */
  dayOf(moment: number): number {
    return Math.floor((moment + this.offsetAt(moment)) / DAY_MS);
  }

  /**
   * The moment at which the clock shows so many minutes after midnight, 24:00 being the next midnight. As Temporal's
   * `compatible` (RFC 5545, 3.3.5): of two such moments the earlier; a time that is left out counts as before the change,
   * so that 02:30 between 02:00 and 03:00 is 03:30.
   */
  momentOf(day: number, minute: number): number {
    const wall = day * DAY_MS + minute * MINUTE_MS;
    let segment = this.segmentAt(wall - FARTHEST_OFFSET_MS);
    for (let before = Number.NaN; ; ) {
      const moment = wall - segment.offset;
      if (moment < segment.since) return before;
      if (moment < segment.until) return moment;
      before = moment;
      segment = this.segmentAt(segment.until);
    }
  }

  /** Is there such a day? Samoa went from 29 December 2011 to the 31st. */
  hasDay(day: number): boolean {
    return this.dayOf(this.momentOf(day, 0)) === day;
  }

  private segmentAt(moment: number): Segment {
    const isAround = ({ since, until }: Segment): boolean => since <= moment && moment < until;
    if (this.latest && isAround(this.latest)) return this.latest;
    this.latest = this.segments.find(isAround) ?? this.learn(moment);
    return this.latest;
  }

  private learn(moment: number): Segment {
    const at = zoned(moment, this.timeZone);
    // One millisecond later: a change at this very moment is its own segment's beginning.
    const since = zoned(moment + 1, this.timeZone).getTimeZoneTransition('previous');
    const until = at.getTimeZoneTransition('next');
    const segment = {
      since: since?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      until: until?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: at.offsetNanoseconds / 1_000_000,
    };
    this.segments.push(segment);
    return segment;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a time zone, whatever the case of its name. @throws RangeError when there is no such zone */
export function zoneClock(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new ZoneClock(zoned(0, timeZone).timeZoneId);
  // Names of zones are few; offsets such as +03:07, in whatever writing, are not.
  if (clocks.size >= MOST_CLOCKS) clocks.clear();
  clocks.set(timeZone, clock);
  return clock;
}

/** The day of a date, `YYYY-MM-DD`. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date of a day, `YYYY-MM-DD`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Counts weeks that begin on Monday (ISO 8601). */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** What the clock of a zone shows at a moment, with its offset: `2026-11-21T09:00:00+03:00`. */
export function localTime(moment: Date, timeZone: string): string {
  const offset = zoneClock(timeZone).offsetAt(moment.getTime());
  const wall = new Date(moment.getTime() + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(Math.round(offset / MINUTE_MS));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoned(moment: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
}
