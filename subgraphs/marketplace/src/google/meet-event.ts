import { setTimeout as delay } from 'node:timers/promises';
import { isAway, OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { GoogleClient, GoogleEvent } from './google-client.js';

/** An event of our own calendar with a Meet room. */
export interface MeetEvent {
  /** @see eventIdOf */
  id: string;
  summary: string;
  startsAt: Date;
  endsAt: Date;
}

const CALENDAR = 'primary';
/** Without the second Google ignores that a room is wanted. */
const PARAMETERS = { calendarId: CALENDAR, conferenceDataVersion: 1 };
/** A new room is not there at once; it is looked for so often, with growing pauses. */
const MOST_LOOKS = 6;
const FIRST_PAUSE_MS = 250;

/** The id that the event of something has for good: what is put again is the same event. */
export function eventIdOf(key: string): string {
  // Google takes the letters a to v and digits alone.
  return `tutorgraph${key.replaceAll('-', '')}`;
}

/**
 * Puts an event with a Meet room into the calendar, or changes the one that is there, also when it was deleted.
 *
 * @param mayExist try to change it first
 * @returns the room's link
 * @throws OutsideError
 */
export async function putMeetEvent(google: GoogleClient, event: MeetEvent, mayExist: boolean): Promise<string> {
  const kept = mayExist ? await change(google, event) : await insert(google, event);
  return linkOf(google, event.id, kept);
}

/** Deletes an event; one that is gone already is fine. @throws OutsideError */
export async function removeMeetEvent(google: GoogleClient, eventId: string): Promise<void> {
  try {
    await google.call(({ events }, options) => events.delete({ calendarId: CALENDAR, eventId }, options));
  } catch (error) {
    if (!isAway(error)) throw error;
  }
}

async function insert(google: GoogleClient, event: MeetEvent): Promise<GoogleEvent> {
  try {
    return await google.call(({ events }, options) =>
      events.insert({ ...PARAMETERS, requestBody: { ...bodyOf(event), id: event.id } }, options),
    );
  } catch (error) {
    if (!(error instanceof OutsideError) || error.reason !== 'CONFLICT') throw error;
    return change(google, event);
  }
}

async function change(google: GoogleClient, event: MeetEvent): Promise<GoogleEvent> {
  try {
    // A deleted event is only cancelled, and its id is never free again: confirmed, it is back.
    const requestBody = { ...bodyOf(event), status: 'confirmed' };
    return await google.call(({ events }, options) =>
      events.patch({ ...PARAMETERS, eventId: event.id, requestBody }, options),
    );
  } catch (error) {
    if (!isAway(error)) throw error;
    return insert(google, event);
  }
}

function bodyOf({ id, summary, startsAt, endsAt }: MeetEvent): GoogleEvent {
  return {
    summary,
    start: { dateTime: startsAt.toISOString(), timeZone: 'UTC' },
    end: { dateTime: endsAt.toISOString(), timeZone: 'UTC' },
    visibility: 'private',
    // The same request again is ignored, so that a room stays the same.
    conferenceData: { createRequest: { requestId: id, conferenceSolutionKey: { type: 'hangoutsMeet' } } },
  };
}

/** The link of an event's room, as soon as it is there. */
async function linkOf(google: GoogleClient, eventId: string, event: GoogleEvent): Promise<string> {
  let shown = event;
  for (let look = 1; ; look++) {
    if (shown.hangoutLink) return shown.hangoutLink;
    const state = shown.conferenceData?.createRequest?.status?.statusCode;
    if (state !== 'pending') throw new OutsideError('Google Calendar', 'REFUSED', { detail: 'noConference' });
    if (look > MOST_LOOKS) throw new OutsideError('Google Calendar', 'UNAVAILABLE', { detail: 'conferencePending' });
    await delay(FIRST_PAUSE_MS * look);
    shown = await google.call(({ events }, options) => events.get({ calendarId: CALENDAR, eventId }, options));
  }
}
