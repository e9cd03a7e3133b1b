import { createHash } from 'node:crypto';
import type { BookingStatus } from '../bookings/booking.rules.js';
import type { GoogleEvent } from '../google/google-client.js';

/** A lesson as a calendar shows it. */
export interface CalendarLesson {
  status: BookingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  meetingUrl: string | null;
  subject: string;
  /** Shown to the student; null for the tutor. */
  tutorName: string | null;
}

/** What is to be done with a lesson in a calendar. */
export type LessonStep = { kind: 'NOTHING' } | { kind: 'REMOVE' } | { kind: 'PUT'; event: GoogleEvent; hash: string };

const takesPlace: readonly BookingStatus[] = ['CONFIRMED', 'IN_PROGRESS'];
/** A lesson that was given stays where it was. */
const isOver: readonly BookingStatus[] = ['COMPLETED', 'NO_SHOW', 'DISPUTED'];

/**
 * What has to be done so that a calendar shows a lesson as it is now; the same whatever has happened in which order.
 *
 * @param kept what is known of the event there: undefined when we never began to write it, `written` null when we did
 */
export function lessonStep(
  lesson: CalendarLesson,
  summary: string,
  kept: { written?: string | null } | undefined,
): LessonStep {
  const { status, startsAt, endsAt, meetingUrl } = lesson;
  if (isOver.includes(status)) return { kind: 'NOTHING' };
  if (!takesPlace.includes(status) || !startsAt || !endsAt) return { kind: kept ? 'REMOVE' : 'NOTHING' };
  const event: GoogleEvent = {
    status: 'confirmed',
    summary,
    start: { dateTime: startsAt.toISOString(), timeZone: 'UTC' },
    end: { dateTime: endsAt.toISOString(), timeZone: 'UTC' },
    // A link that was there and is no more has to be emptied.
    location: meetingUrl ?? '',
    transparency: 'opaque',
    // Who may look into the calendar sees that its owner is busy, not what they learn.
    visibility: 'private',
  };
  const hash = createHash('sha256').update(JSON.stringify(event)).digest('base64url');
  return kept?.written === hash ? { kind: 'NOTHING' } : { kind: 'PUT', event, hash };
}
