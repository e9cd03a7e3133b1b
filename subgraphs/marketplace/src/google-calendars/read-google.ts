import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import {
  CalendarUnreadableError,
  HORIZON_MS,
  isRecent,
  type ReadAccess,
  type Reading,
} from '../external-calendars/read-calendar.js';
import type { GoogleClient, GoogleEvent } from '../google/google-client.js';
import type { OpenGoogleOAuth } from '../google/google-settings.js';
import { busyFromGoogle } from './google-busy.rules.js';
import { calendarFailureOf } from './google-failure.js';

const CALENDAR = 'primary';
const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 2_500;
const MOST_PAGES = 8;
/** When somebody is busy and nothing of what for. */
const FIELDS =
  'nextPageToken,nextSyncToken,timeZone,items(id,iCalUID,status,start,end,transparency,eventType,attendees(self,responseStatus))';

/**
 * Reads the main calendar of a Google account. Its events are read and not Google's own summary of busy times: that would
 * hold the lessons we wrote there, which could then not be moved past themselves. Google is first asked whether anything
 * has changed since the last time.
 */
export function readGoogle(open: OpenGoogleOAuth | undefined): ReadAccess {
  return async (calendar, refreshToken, signal) => {
    // Without our keys at Google nobody can be let in.
    if (!open) throw new CalendarUnreadableError('REFUSED');
    try {
      const google = (await open()).person(refreshToken);
      const since = isRecent(calendar) ? calendar.etag : null;
      if (since && !(await hasChanged(google, since))) return { spans: undefined };
      return await readAll(google, new Date(), signal);
    } catch (error) {
      const failure = calendarFailureOf(error);
      if (!failure) throw error;
      throw new CalendarUnreadableError(failure, { cause: error });
    }
  };
}

async function hasChanged(google: GoogleClient, syncToken: string): Promise<boolean> {
  const query = { calendarId: CALENDAR, singleEvents: true, syncToken, maxResults: 1 };
  try {
    const { items } = await google.call(({ events }, options) =>
      events.list({ ...query, fields: 'items(id)' }, options),
    );
    return (items ?? []).length > 0;
  } catch (error) {
    // Google forgets what it told long ago.
    if (error instanceof OutsideError && error.reason === 'GONE') return true;
    throw error;
  }
}

async function readAll(google: GoogleClient, now: Date, signal: AbortSignal): Promise<Reading> {
  const found: GoogleEvent[] = [];
  const query = {
    calendarId: CALENDAR,
    singleEvents: true,
    timeMin: new Date(now.getTime() - DAY_MS).toISOString(),
    timeMax: new Date(now.getTime() + HORIZON_MS).toISOString(),
    maxResults: AT_ONCE,
    fields: FIELDS,
  };
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    signal.throwIfAborted();
    const { items, timeZone, nextPageToken, nextSyncToken } = await google.call(({ events }, options) =>
      events.list({ ...query, ...(pageToken && { pageToken }) }, options),
    );
    found.push(...(items ?? []));
    if (!nextPageToken) return { spans: busyFromGoogle(found, timeZone ?? 'UTC'), etag: nextSyncToken ?? null };
    pageToken = nextPageToken;
  }
  throw new CalendarUnreadableError('TOO_LARGE');
}
