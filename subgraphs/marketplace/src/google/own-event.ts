import { isAway, OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { GoogleClient, GoogleEvent } from './google-client.js';

const CALENDAR = 'primary';

/**
 * Puts an event into somebody's own calendar under an id of ours, or changes the one that is there, also when it was
 * deleted; nobody is told.
 *
 * @param mayExist try to change it first
 * @throws OutsideError
 */
export async function putOwnEvent(
  google: GoogleClient,
  eventId: string,
  requestBody: GoogleEvent,
  mayExist: boolean,
): Promise<void> {
  const insert = () =>
    google.call(({ events }, options) =>
      events.insert({ calendarId: CALENDAR, requestBody: { ...requestBody, id: eventId } }, options),
    );
  const change = () =>
    google.call(({ events }, options) => events.patch({ calendarId: CALENDAR, eventId, requestBody }, options));
  try {
    await (mayExist ? change() : insert());
  } catch (error) {
    if (mayExist ? isAway(error) : isThere(error)) await (mayExist ? insert() : change());
    else throw error;
  }
}

/** Deletes an event of somebody's own calendar; one that is gone already is fine. @throws OutsideError */
export async function removeOwnEvent(google: GoogleClient, eventId: string): Promise<void> {
  try {
    await google.call(({ events }, options) => events.delete({ calendarId: CALENDAR, eventId }, options));
  } catch (error) {
    if (!isAway(error)) throw error;
  }
}

function isThere(error: unknown): boolean {
  return error instanceof OutsideError && error.reason === 'CONFLICT';
}
