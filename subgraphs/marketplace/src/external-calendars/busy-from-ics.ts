import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';

/** What to read, and how it is meant. */
export interface IcsReading {
  /** An iCalendar document (RFC 5545). */
  text: string;
  /** Milliseconds since 1970: from here, inclusive, to there, exclusive. */
  from: number;
  to: number;
  /** The zone of times that name none, and of whole days, where the document does not say. */
  timeZone: string;
  /** Events whose UID ends so are our own, come back: they do not count. */
  ownDomain: string;
}

/** From one moment to before another, in milliseconds since 1970. */
export interface BusySpan {
  start: number;
  end: number;
}

/** One time of an event that takes place more often than once. */
interface Occurrence {
  start: number;
  time: ICAL.Time | null;
}

/** A document that is no calendar. */
export class NotACalendarError extends Error {
  override readonly name = 'NotACalendarError';
}

/** A document with more in it than anybody's year holds. */
export class CalendarTooLargeError extends Error {
  override readonly name = 'CalendarTooLargeError';
}

/** Bounds of the work, beyond which a document is refused. */
const MOST_EVENTS = 20_000;
const MOST_OCCURRENCES = 200_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** What Outlook means by these is that one can be met. */
const MEETABLE = new Set(['FREE', 'WORKINGELSEWHERE']);

/**
 * When the owner of a calendar is busy, in order and without overlaps. Free ("transparent") and cancelled events do not
 * count; repeated ones are unrolled with their exceptions. This module runs in a worker: it imports packages only.
 *
 * @throws NotACalendarError, CalendarTooLargeError
 */
export function busyFromIcs(reading: IcsReading): BusySpan[] {
  const calendars = parse(reading.text);
  const spans: BusySpan[] = [];
  for (const calendar of calendars) {
    const reader = new CalendarReader(calendar, reading);
    spans.push(...reader.events(), ...reader.freeBusy());
  }
  return merged(spans.filter(({ start, end }) => start < end && end > reading.from && start < reading.to));
}

function parse(text: string): ICAL.Component[] {
  try {
    const parsed: unknown = ICAL.parse(text);
    const roots = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
    const calendars = roots.map((root) => new ICAL.Component(root)).filter(({ name }) => name === 'vcalendar');
    if (calendars.length > 0) return calendars;
  } catch (cause) {
    throw new NotACalendarError('It cannot be read as iCalendar', { cause });
  }
  throw new NotACalendarError('It holds no VCALENDAR');
}

class CalendarReader {
  private readonly zone: string;
  private readonly calendar: ICAL.Component;
  private readonly reading: IcsReading;
  private occurrences = 0;

  // Node strips types of this file under test; parameter properties are more than types.
  constructor(calendar: ICAL.Component, reading: IcsReading) {
    this.calendar = calendar;
    this.reading = reading;
    const named = text(calendar, 'x-wr-timezone');
    this.zone = named && isZone(named) ? named : reading.timeZone;
  }

  /** Spans of events; those with one UID are one event with its exceptions. */
  events(): BusySpan[] {
    const components = this.calendar.getAllSubcomponents('vevent');
    if (components.length > MOST_EVENTS) throw new CalendarTooLargeError(`It has more than ${MOST_EVENTS} events`);
    const usable = components.filter((event) => event.getFirstProperty('dtstart') && !this.isOwn(event));
    const families = Map.groupBy(usable, (event) => text(event, 'uid') ?? event);
    return [...families.values()].flatMap((family) => this.family(family));
  }

  /** Spans of VFREEBUSY, as free/busy addresses answer. */
  freeBusy(): BusySpan[] {
    return this.calendar.getAllSubcomponents('vfreebusy').flatMap((component) =>
      component
        .getAllProperties('freebusy')
        .filter((property) => property.getFirstParameter('fbtype') !== 'FREE')
        .flatMap((property) => property.getValues())
        .flatMap((period: unknown) =>
          period instanceof ICAL.Period
            ? [{ start: this.moment(period.start, null), end: this.moment(period.getEnd(), null) }]
            : [],
        ),
    );
  }

  private isOwn(event: ICAL.Component): boolean {
    return (text(event, 'uid') ?? '').endsWith(this.reading.ownDomain);
  }

  private family(components: readonly ICAL.Component[]): BusySpan[] {
    const exceptions = components.filter((component) => component.getFirstProperty('recurrence-id'));
    const masters = components.filter((component) => !exceptions.includes(component));
    const replaced = new Set(exceptions.map((component) => this.momentOf(component, 'recurrence-id')));
    return [
      ...exceptions.filter(isBusy).map((component) => this.single(component)),
      ...masters.filter(isBusy).flatMap((component) => this.unrolled(component, replaced)),
    ];
  }

  private unrolled(component: ICAL.Component, replaced: ReadonlySet<number>): BusySpan[] {
    const whole = this.single(component);
    const length = whole.end - whole.start;
    const without = new Set([...replaced, ...this.dates(component, 'exdate').map(({ start }) => start)]);
    const starts = new Map(
      [
        { start: whole.start, time: firstTime(component) },
        ...this.dates(component, 'rdate'),
        ...this.repeated(component),
      ].map(({ start, time }) => [start, time] as const),
    );
    const spans: BusySpan[] = [];
    for (const [start, time] of starts) {
      if (without.has(start)) continue;
      // A lesson of an hour lasts an hour on the day when the clock changes; a whole day lasts as long as the day.
      const end = time?.isDate ? this.dayAfter(time, Math.round(length / DAY_MS)) : start + length;
      spans.push({ start, end });
    }
    return spans;
  }

  /** Dates that an event lists, with the moments that they mean. */
  private dates(component: ICAL.Component, name: 'rdate' | 'exdate'): Occurrence[] {
    return component.getAllProperties(name).flatMap((property) => {
      const tzid = property.getFirstParameter('tzid') ?? zoneParameter(component);
      return property.getValues().flatMap((value: unknown) => {
        const time = value instanceof ICAL.Period ? value.start : value;
        return time instanceof ICAL.Time ? [{ start: this.moment(time, tzid), time }] : [];
      });
    });
  }

  /** What an event's rules say, up to the end of the span. */
  private *repeated(component: ICAL.Component): Generator<Occurrence> {
    const tzid = zoneParameter(component);
    const first = firstTime(component);
    if (!first) return;
    for (const rule of component.getAllProperties('rrule').map((property): unknown => property.getFirstValue())) {
      if (!(rule instanceof ICAL.Recur)) continue;
      // Compared as moments: an end in UTC and a beginning in a zone are otherwise some hours apart.
      const until = rule.until ? this.lastMoment(rule.until, first, tzid) : Number.POSITIVE_INFINITY;
      rule.until = null;
      const iterator = rule.iterator(first);
      for (let time = iterator.next(); time; time = iterator.next()) {
        if (++this.occurrences > MOST_OCCURRENCES) throw new CalendarTooLargeError('It repeats itself too often');
        const start = this.moment(time, tzid);
        if (start >= this.reading.to || start > until) break;
        yield { start, time: time.clone() };
      }
    }
  }

  /** An end that is a day takes that day in. */
  private lastMoment(until: ICAL.Time, first: ICAL.Time, tzid: string | null): number {
    return until.isDate && !first.isDate ? this.dayAfter(until, 1) - 1 : this.moment(until, tzid);
  }

  private single(component: ICAL.Component): BusySpan {
    const event = new ICAL.Event(component, { exceptions: [] });
    const start = this.momentOf(component, 'dtstart');
    const ends = component.getFirstProperty('dtend');
    if (ends) return { start, end: this.momentOf(component, 'dtend') };
    const { startDate, duration } = event;
    const days = Math.max(1, duration.weeks * 7 + duration.days);
    if (startDate.isDate) return { start, end: this.dayAfter(startDate, days) };
    return { start, end: start + duration.toSeconds() * 1000 };
  }

  private momentOf(component: ICAL.Component, name: string): number {
    const property = component.getFirstProperty(name);
    const value: unknown = property?.getFirstValue();
    if (!(value instanceof ICAL.Time)) throw new NotACalendarError(`It has an event whose ${name} is no time`);
    return this.moment(value, property?.getFirstParameter('tzid') ?? null);
  }

  /** @param tzid the zone that the document names, which need not say what it means by it */
  private moment(time: ICAL.Time, tzid: string | null): number {
    const isKnown = !time.isDate && time.zone && time.zone !== ICAL.Timezone.localTimezone;
    if (isKnown) return time.toUnixTime() * 1000;
    const zone = tzid && isZone(tzid) ? tzid : this.zone;
    const { year, month, day } = time;
    const clock = time.isDate ? {} : { hour: time.hour, minute: time.minute, second: Math.min(time.second, 59) };
    return Temporal.PlainDateTime.from({ year, month, day, ...clock }).toZonedDateTime(zone).epochMilliseconds;
  }

  private dayAfter({ year, month, day }: ICAL.Time, days: number): number {
    const date = Temporal.PlainDate.from({ year, month, day }).add({ days });
    return date.toZonedDateTime(this.zone).epochMilliseconds;
  }
}

function isBusy(event: ICAL.Component): boolean {
  if (text(event, 'status')?.toUpperCase() === 'CANCELLED') return false;
  const microsoft = text(event, 'x-microsoft-cdo-busystatus')?.toUpperCase();
  if (microsoft) return !MEETABLE.has(microsoft);
  return text(event, 'transp')?.toUpperCase() !== 'TRANSPARENT';
}

function firstTime(component: ICAL.Component): ICAL.Time | null {
  const value: unknown = component.getFirstPropertyValue('dtstart');
  return value instanceof ICAL.Time ? value : null;
}

function zoneParameter(component: ICAL.Component): string | null {
  return component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? null;
}

function text(component: ICAL.Component, name: string): string | undefined {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value ? value : undefined;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Spans in order, those that touch or overlap as one. */
export function merged(spans: BusySpan[]): BusySpan[] {
  const result: BusySpan[] = [];
  for (const span of spans.sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}
