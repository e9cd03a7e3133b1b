import { randomUUID } from 'node:crypto';
import { apiError, type GoogleAnswer } from './google-answers.js';

/** An event as it is kept; whatever else was given stays on it. */
export interface KeptEvent extends Record<string, unknown> {
  id: string;
  status: string;
  sequence: number;
  start: EventTime;
  end: EventTime;
  updated: string;
  transparency?: string;
  attendees?: { email: string }[];
  hangoutLink?: string;
}

interface EventTime {
  dateTime?: string;
  date?: string;
  timeZone?: string;
}

interface Conference {
  requestId: string;
  /** How often it is still looked at before it is there. */
  pendingReads: number;
  link: string;
}

/** One request to the API. */
export interface CalendarRequest {
  method: string;
  /** Below `/calendar/v3/`, decoded. */
  path: readonly string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** Whose token it came with: the owner of `primary`. */
  user: string;
}

const ID = /^[a-v0-9]{5,1024}$/;

/** Google's calendars: one of each user, whose address is its id. */
export class GoogleCalendars {
  private readonly calendars = new Map<string, Map<string, KeptEvent>>();
  private readonly conferences = new Map<string, Conference>();
  private revision = 0;
  /** How often a new conference is looked at before it is there; 0 is at once. */
  pendingReads = 0;
  /** The zone of everybody's calendars. */
  timeZone = 'UTC';
  /** Are conferences refused, as they are for accounts without Meet? */
  refusesConferences = false;

  /** A user with a calendar. */
  addUser(user: string): void {
    this.calendars.set(user, new Map());
  }

  /** Events of a user, cancelled ones included, the oldest first. */
  events(user: string): KeptEvent[] {
    return [...(this.calendars.get(user)?.values() ?? [])];
  }

  /** The user puts something into the calendar. */
  put(user: string, event: Record<string, unknown>): KeptEvent {
    const id = randomUUID().replaceAll('-', '');
    this.insert(this.calendars.get(user) ?? new Map(), { query: new URLSearchParams(), body: { id, ...event } });
    return this.events(user).find((one) => one.id === (event['id'] ?? id)) as KeptEvent;
  }

  handle({ method, path, query, body, user }: CalendarRequest): GoogleAnswer {
    const [first, calendarId = '', , eventId] = path;
    if (first === 'freeBusy' && method === 'POST') return this.freeBusy(body, user);
    const events = this.calendars.get(calendarId === 'primary' ? user : calendarId);
    // Of what is not shared with somebody they learn nothing.
    if (first !== 'calendars' || !events || !['primary', user].includes(calendarId)) return notFound;
    if (eventId === undefined)
      return method === 'POST' ? this.insert(events, { query, body }) : this.list(events, query);
    const event = events.get(eventId);
    if (!event) return notFound;
    if (method === 'GET') return this.shown(event);
    if (method === 'PATCH') return this.patch(event, { query, body });
    return method === 'DELETE' ? this.delete(event) : notFound;
  }

  private insert(
    events: Map<string, KeptEvent>,
    { query, body }: Pick<CalendarRequest, 'query' | 'body'>,
  ): GoogleAnswer {
    const id = typeof body['id'] === 'string' ? body['id'] : randomUUID().replaceAll('-', '');
    if (!ID.test(id)) return apiError(400, 'invalid', 'Invalid resource id value.');
    if (events.has(id)) return apiError(409, 'duplicate', 'The requested identifier already exists.');
    const { conferenceData, ...rest } = body;
    const event = {
      status: 'confirmed',
      ...rest,
      id,
      sequence: 0,
      iCalUID: `${id}@google.com`,
    } as unknown as KeptEvent;
    const refusal = wrongTimes(event) ?? this.confer(event, query, conferenceData);
    if (refusal) return refusal;
    this.touch(event);
    events.set(id, event);
    return this.shown(event);
  }

  private patch(event: KeptEvent, { query, body }: Pick<CalendarRequest, 'query' | 'body'>): GoogleAnswer {
    const { conferenceData, id: _, ...change } = body;
    const changed = { ...event, ...change } as KeptEvent;
    const refusal = wrongTimes(changed) ?? this.confer(changed, query, conferenceData);
    if (refusal) return refusal;
    const moved = JSON.stringify([event.start, event.end]) !== JSON.stringify([changed.start, changed.end]);
    Object.assign(event, changed, { sequence: event.sequence + (moved ? 1 : 0) });
    this.touch(event);
    return this.shown(event);
  }

  /** It stays, cancelled: its id is never free again. */
  private delete(event: KeptEvent): GoogleAnswer {
    if (event.status === 'cancelled') return apiError(410, 'deleted', 'Resource has been deleted');
    event.status = 'cancelled';
    this.touch(event);
    return { status: 204 };
  }

  private list(events: Map<string, KeptEvent>, query: URLSearchParams): GoogleAnswer {
    const since = query.get('syncToken');
    if (since !== null && !/^\d+$/.test(since)) {
      return apiError(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', 'calendar');
    }
    const from = query.get('timeMin');
    const to = query.get('timeMax');
    const found = [...events.values()]
      .filter((event) => since === null || Number(event['etag']) > Number(since))
      .filter(({ status }) => status !== 'cancelled' || since !== null || query.get('showDeleted') === 'true')
      .filter((event) => (!from || endOf(event) > Date.parse(from)) && (!to || startOf(event) < Date.parse(to)))
      .sort((a, b) => startOf(a) - startOf(b));
    const size = Number(query.get('maxResults') ?? 250);
    const offset = Number(query.get('pageToken') ?? 0);
    const isLast = offset + size >= found.length;
    const items = found.slice(offset, offset + size);
    const next = isLast ? { nextSyncToken: String(this.revision) } : { nextPageToken: String(offset + size) };
    return { status: 200, body: { kind: 'calendar#events', timeZone: this.timeZone, items, ...next } };
  }

  private freeBusy(body: Record<string, unknown>, user: string): GoogleAnswer {
    const { timeMin, timeMax, items } = body as { timeMin: string; timeMax: string; items: { id: string }[] };
    const [from, to] = [Date.parse(timeMin), Date.parse(timeMax)];
    if (!(from < to)) return apiError(400, 'timeRangeEmpty', 'The specified time range is empty.', 'calendar');
    const calendars = items.map(({ id }) => {
      const events = ['primary', user].includes(id) ? this.calendars.get(user) : undefined;
      if (!events) return [id, { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }];
      return [id, { busy: busyTimes([...events.values()], from, to) }];
    });
    return {
      status: 200,
      body: { kind: 'calendar#freeBusy', timeMin, timeMax, calendars: Object.fromEntries(calendars) },
    };
  }

  /** Makes a conference when one is asked for by a client that knows of them; asked again with the same id, it is ignored. */
  private confer(event: KeptEvent, query: URLSearchParams, conferenceData: unknown): GoogleAnswer | undefined {
    if (query.get('conferenceDataVersion') !== '1') return undefined;
    const asked: unknown = Reflect.get(Object(conferenceData), 'createRequest');
    if (!asked) return undefined;
    const { requestId, conferenceSolutionKey } = asked as {
      requestId?: string;
      conferenceSolutionKey?: { type?: string };
    };
    if (!requestId || (conferenceSolutionKey && conferenceSolutionKey.type !== 'hangoutsMeet')) {
      return apiError(400, 'invalid', 'Invalid conference type value.');
    }
    if (this.conferences.get(event.id)?.requestId === requestId) return undefined;
    const letters = randomUUID()
      .replaceAll(/[^a-f]/g, '')
      .padEnd(10, 'x');
    const link = `https://meet.google.com/${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7, 10)}`;
    this.conferences.set(event.id, { requestId, pendingReads: this.pendingReads, link });
    return undefined;
  }

  private shown(event: KeptEvent): GoogleAnswer {
    const conference = this.conferences.get(event.id);
    if (!conference) return { status: 200, body: event };
    const createRequest = { requestId: conference.requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } };
    if (this.refusesConferences) {
      const conferenceData = { createRequest: { ...createRequest, status: { statusCode: 'failure' } } };
      return { status: 200, body: { ...event, conferenceData } };
    }
    if (conference.pendingReads-- > 0) {
      const conferenceData = { createRequest: { ...createRequest, status: { statusCode: 'pending' } } };
      return { status: 200, body: { ...event, conferenceData } };
    }
    const conferenceData = {
      createRequest: { ...createRequest, status: { statusCode: 'success' } },
      entryPoints: [{ entryPointType: 'video', uri: conference.link, label: conference.link.slice(8) }],
      conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
      conferenceId: conference.link.slice(24),
    };
    return { status: 200, body: { ...event, hangoutLink: conference.link, conferenceData } };
  }

  private touch(event: KeptEvent): void {
    this.revision += 1;
    event['etag'] = String(this.revision);
    event.updated = new Date().toISOString();
  }
}

const notFound = apiError(404, 'notFound', 'Not Found');

function wrongTimes(event: KeptEvent): GoogleAnswer | undefined {
  if (!event.start) return apiError(400, 'required', 'Missing start time.');
  if (!event.end) return apiError(400, 'required', 'Missing end time.');
  if (endOf(event) >= startOf(event)) return undefined;
  return apiError(400, 'timeRangeEmpty', 'The specified time range is empty.', 'calendar');
}

function startOf({ start }: KeptEvent): number {
  return Date.parse(start.dateTime ?? `${start.date}T00:00:00Z`);
}

function endOf({ end }: KeptEvent): number {
  return Date.parse(end.dateTime ?? `${end.date}T00:00:00Z`);
}

/** When somebody is busy, times that touch or overlap as one, cut to what was asked. */
function busyTimes(events: readonly KeptEvent[], from: number, to: number): { start: string; end: string }[] {
  const spans = events
    .filter((event) => event.status !== 'cancelled' && event.transparency !== 'transparent')
    .map((event): [number, number] => [Math.max(startOf(event), from), Math.min(endOf(event), to)])
    .filter(([start, end]) => start < end)
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged.map(([start, end]) => ({ start: iso(start), end: iso(end) }));
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000', '');
}
