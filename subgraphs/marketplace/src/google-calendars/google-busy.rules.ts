import { Temporal } from 'temporal-polyfill';
import { UID_DOMAIN } from '../calendar-feeds/feed.js';
import { type BusySpan, merged } from '../external-calendars/busy-from-ics.js';
import type { GoogleEvent } from '../google/google-client.js';

const LESSON_PREFIX = 'tutorgraph';
/** Kinds of events that say where somebody is, not that they are busy. */
const PLACES = new Set(['workingLocation', 'birthday']);

/** The id that a lesson has for good in every calendar: letters a to v and digits, as Google wants it. */
export function lessonEventId(bookingId: string): string {
  return `${LESSON_PREFIX}${bookingId.replaceAll('-', '')}`;
}

/**
 * When the owner of these events is busy, in order and without overlaps. What is free, cancelled or declined does not
 * count; nor do lessons that we wrote there or that came by our feed, which take their time here already.
 *
 * @param timeZone of whole days
 */
export function busyFromGoogle(events: readonly GoogleEvent[], timeZone: string): BusySpan[] {
  return merged(events.filter(isBusy).flatMap((event) => spanOf(event, timeZone)));
}

function isBusy({ id, iCalUID, status, transparency, eventType, attendees }: GoogleEvent): boolean {
  if (id?.startsWith(LESSON_PREFIX) || iCalUID?.endsWith(`@${UID_DOMAIN}`)) return false;
  if (status === 'cancelled' || transparency === 'transparent' || PLACES.has(eventType ?? '')) return false;
  return !attendees?.some(({ self, responseStatus }) => self && responseStatus === 'declined');
}

function spanOf({ start, end }: GoogleEvent, timeZone: string): BusySpan[] {
  const span = { start: momentOf(start, timeZone), end: momentOf(end, timeZone) };
  return span.start < span.end ? [span] : [];
}

function momentOf(time: GoogleEvent['start'], timeZone: string): number {
  if (time?.dateTime) return Date.parse(time.dateTime);
  if (!time?.date) return Number.NaN;
  return Temporal.PlainDate.from(time.date).toZonedDateTime(timeZone).epochMilliseconds;
}
