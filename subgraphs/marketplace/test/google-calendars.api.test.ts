import { transaction } from '@tutorgraph/kit/database/transaction';
import type { EventType } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Booking } from '../src/bookings/booking.entity.js';
import { aboutBooking } from '../src/bookings/booking.transitions.js';
import { bookingCancelled, bookingConfirmed, bookingRescheduled } from '../src/events.js';
import { lessonEventId } from '../src/google-calendars/google-busy.rules.js';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { ConsentJourney } from './google/consent-journey.js';
import type { OAuthClient } from './google/google-accounts.js';
import { tokenError, troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';
import { inHours, Market, type TestTutor } from './market.js';

const RETURN_URL = 'https://school.example/settings?tab=calendars';
const EVENTS_SCOPE = 'https://www.googleapis.com/auth/calendar.events.owned';
const INSERT = /POST .*\/events/;
const LIST = /GET .*\/events/;
const TOKEN = /POST \/token/;
const REVOKE = /POST \/revoke/;
const patience = { timeout: 20_000, interval: 50 };

let google: GoogleServer;
let client: OAuthClient;
let market: Market;
let served: ServedSubgraph;
let journey: ConsentJourney;
let subjectId: string;
let tutor: TestTutor;
let account: string;
let accounts = 0;

type Shown = Record<'id' | 'name' | 'kind' | 'status', string> & { failure: string | null };

beforeAll(async () => {
  google = await GoogleServer.open();
  client = google.accounts.addClient('');
  market = await Market.open({
    GOOGLE_CLIENT_ID: client.clientId,
    GOOGLE_CLIENT_SECRET: client.clientSecret,
    GOOGLE_RETURN_URL: RETURN_URL,
    GOOGLE_CALENDAR_BASE_URL: google.url,
    GOOGLE_TOKEN_URL: google.tokenUrl,
  });
  served = await market.graph.serve('marketplace');
  journey = new ConsentJourney(market, served, google, client);
  subjectId = await market.subject();
});

beforeEach(async () => {
  tutor = await market.teacher(subjectId);
  account = newAccount();
  google.calm();
});

// Jobs of one test do not meddle with the next one.
afterEach(async () => {
  await market.sql('delete from marketplace.external_calendars');
  await market.sql('delete from marketplace.google_departures');
});

afterAll(async () => {
  await served.close();
  await market.close();
  await google.close();
});

function newAccount(): string {
  accounts += 1;
  const address = `teacher-${accounts}@gmail.example`;
  google.calendars.addUser(address);
  return address;
}

async function give(person: TestPerson, ticket: string): Promise<{ id?: string; refused: string[] }> {
  const query = `mutation ($input: ConnectGoogleCalendarInput!) { connectGoogleCalendar(input: $input) {
    calendar { id } userErrors { code field message } } }`;
  const { data } = await market.run(query, { input: { ticket } }, person);
  const answer = data['connectGoogleCalendar'] as { calendar: { id: string } | null; userErrors: { code: string }[] };
  return { ...answer.calendar, refused: answer.userErrors.map(({ code }) => code) };
}

async function shown(person: TestPerson): Promise<Shown[]> {
  const { data } = await market.run('{ myCalendars { id name kind status failure } }', {}, person);
  return data['myCalendars'] as Shown[];
}

/** Waits until a calendar has been read, or tried. */
function once(person: TestPerson, status: string): Promise<Shown> {
  return vi.waitFor(async () => {
    const [calendar] = await shown(person);
    if (calendar?.status !== status) throw new Error(`It is ${calendar?.status}`);
    return calendar;
  }, patience);
}

async function connect(person: TestPerson, user = account): Promise<string> {
  const { id, refused } = await give(person, await journey.ticketOf(person, user));
  await once(person, 'READABLE');
  return id ?? expect.fail(`it was refused: ${refused}`);
}

async function refresh(person: TestPerson, calendarId: string): Promise<void> {
  const before = google.asked(LIST).length + google.asked(TOKEN).length;
  const query = 'mutation ($input: CalendarReferenceInput!) { refreshCalendar(input: $input) { userErrors { code } } }';
  await market.run(query, { input: { calendarId } }, person);
  await vi.waitFor(
    () => expect(google.asked(LIST).length + google.asked(TOKEN).length).toBeGreaterThan(before),
    patience,
  );
}

async function disconnect(person: TestPerson, calendarId: string): Promise<void> {
  const query = `mutation ($input: CalendarReferenceInput!) { disconnectCalendar(input: $input) { userErrors { code } } }`;
  const { data } = await market.run(query, { input: { calendarId } }, person);
  expect(data['disconnectCalendar']).toEqual({ userErrors: [] });
}

/** Beginnings of the free slots of an hour on the day of a moment. */
async function freeOn(moment: Date): Promise<string[]> {
  const date = moment.toISOString().slice(0, 10);
  const query = `query ($tutorId: ID!, $date: Date!) {
    availableSlots(tutorId: $tutorId, from: $date, to: $date, durationMinutes: 60, timeZone: "UTC") {
      days { slots { startsAt } } } }`;
  const { data } = await market.run(query, { tutorId: tutor.tutorId, date });
  const { days } = data['availableSlots'] as { days: { slots: { startsAt: string }[] }[] };
  return days.flatMap(({ slots }) => slots.map(({ startsAt }) => startsAt));
}

async function tell(id: string, type: EventType, more: object = {}): Promise<void> {
  const { em } = (market.graph.rooms.get('marketplace') ?? expect.fail('no room')).orm;
  await transaction(em, async (tx) => {
    const { subject, data } = aboutBooking(await tx.findOneOrFail(Booking, { id }));
    recordEvent(tx, type.create({ subject, data: { ...data, ...more } }));
  });
}

async function change(id: string, set: string): Promise<void> {
  await market.sql(`update marketplace.bookings set ${set} where id = ?`, [id]);
}

/** A confirmed lesson, of which everybody was told. */
async function lesson(student: TestPerson, hours = 72): Promise<string> {
  const id = await market.booked(student, tutor, subjectId, { startsAt: inHours(hours) });
  await tell(id, bookingConfirmed);
  return id;
}

function eventOf(bookingId: string, user = account) {
  return google.calendars.events(user).find(({ id }) => id === lessonEventId(bookingId));
}

function onceThere(bookingId: string, user = account) {
  return vi.waitFor(() => eventOf(bookingId, user) ?? expect.fail('it is not there'), patience);
}

/** Waits until a lesson is there with its room, and nobody works at it any more. */
function onceQuiet(bookingId: string) {
  return vi.waitFor(async () => {
    expect(eventOf(bookingId)?.['location']).toMatch(/^https:/);
    const busy =
      'select from marketplace.google_lessons where booking_id = ? and (claimed_until is not null or written is null)';
    expect(await market.sql(busy, [bookingId])).toEqual([]);
  }, patience);
}

const event = (from: Date, hours = 1) => ({
  summary: 'Dentist',
  start: { dateTime: from.toISOString() },
  end: { dateTime: new Date(from.getTime() + hours * 3_600_000).toISOString() },
});

describe('the way to Google and back', () => {
  it('asks for the events of own calendars, for good, and leads to the front end with a ticket', async () => {
    const address = await journey.addressOf(tutor);
    expect(address.origin).toBe('https://accounts.google.com');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: client.clientId,
      scope: `openid email ${EVENTS_SCOPE}`,
      access_type: 'offline',
      prompt: 'consent',
      code_challenge_method: 'S256',
    });
    expect(address.pathname + address.search).not.toContain(tutor.userId);
    const { status, to } = await journey.comeBack({ state: address.searchParams.get('state') ?? '', code: '4/x' });
    expect([status, to?.origin, to?.pathname, to?.searchParams.get('tab')]).toEqual([
      302,
      'https://school.example',
      '/settings',
      'calendars',
    ]);
  });

  it('says that consent was refused, and takes nobody on who did not set out', async () => {
    const state = (await journey.addressOf(tutor)).searchParams.get('state') ?? '';
    const refused = await journey.comeBack({ state, error: 'access_denied' });
    expect(refused.to?.searchParams.get('error')).toBe('CONSENT_DENIED');
    for (const query of [{}, { code: '4/x' }, { state: 'x', code: '4/x' }, { state: `${state}x`, code: '4/x' }]) {
      expect(await journey.comeBack(query as Record<string, string>)).toEqual({ status: 400, to: undefined });
    }
  });

  it('can be gone by the person alone who set out: nobody else’s calendar is connected by a link', async () => {
    const ticket = await journey.ticketOf(tutor, account);
    const victim = await market.student();
    expect((await give(victim, ticket)).refused).toEqual(['CONSENT_EXPIRED']);
    expect(await shown(victim)).toEqual([]);
    expect(google.asked(TOKEN), 'the code was not even used').toEqual([]);
  });

  it('is gone once', async () => {
    const ticket = await journey.ticketOf(tutor, account);
    expect((await give(tutor, ticket)).refused).toEqual([]);
    expect((await give(tutor, ticket)).refused).toEqual(['CONSENT_EXPIRED']);
    expect((await give(tutor, 'nonsense')).refused).toEqual(['CONSENT_EXPIRED']);
  });

  it('is told apart by what went wrong', async () => {
    expect((await give(tutor, await journey.ticketOf(tutor, account, EVENTS_SCOPE))).refused).toEqual([
      'CONSENT_INCOMPLETE',
    ]);
    const ticket = await journey.ticketOf(tutor, account);
    google.meets(TOKEN, tokenError(503, 'temporarily_unavailable', 'Try again'));
    expect((await give(tutor, ticket)).refused).toEqual(['GOOGLE_UNAVAILABLE']);
    expect(await shown(tutor)).toEqual([]);
  });

  it('is for people who are signed in', async () => {
    expect((await market.run('{ googleCalendarConsent { address } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a connected Google calendar', () => {
  it('keeps busy, is read again only when it has changed, and its secrets are sealed', async () => {
    google.calendars.put(account, event(inHours(48)));
    const id = await connect(tutor);
    expect(await shown(tutor)).toMatchObject([{ kind: 'GOOGLE', name: account, failure: null }]);
    expect(await freeOn(inHours(48))).not.toContain(inHours(48).toISOString());
    expect(google.asked(LIST)[0]?.path).not.toContain('summary');
    google.calm();
    await refresh(tutor, id);
    await vi.waitFor(() => expect(google.asked(LIST)).toHaveLength(1), patience);
    expect(google.asked(LIST)[0]?.path).toContain('syncToken');
    google.calendars.put(account, event(inHours(96)));
    await refresh(tutor, id);
    await vi.waitFor(async () => expect(await freeOn(inHours(96))).not.toContain(inHours(96).toISOString()), patience);
    const [row] = await market.sql<{ row: string }>(
      'select external_calendars::text as row from marketplace.external_calendars',
    );
    expect(row?.row).not.toMatch(/1\/\/|ya29|Dentist/);
  });

  it('says when its consent was withdrawn, and works again once it is connected again', async () => {
    google.calendars.put(account, event(inHours(48)));
    const id = await connect(tutor);
    google.accounts.revoke(account);
    await refresh(tutor, id);
    expect(await once(tutor, 'UNREADABLE')).toMatchObject({ failure: 'CONSENT_WITHDRAWN' });
    expect(await freeOn(inHours(48)), 'what it said counts for a day').not.toContain(inHours(48).toISOString());
    expect(await connect(tutor)).toBe(id);
    expect(await shown(tutor)).toHaveLength(1);
  });

  it.each([
    ['cannot answer', 'UNREACHABLE', troubles.backendError],
    ['limits its rate', 'UNREACHABLE', troubles.userRateLimited],
    ['forbids it', 'CONSENT_WITHDRAWN', troubles.forbidden],
  ])('says why it cannot be read when Google %s', async (_what, failure, trouble) => {
    const id = await connect(tutor);
    google.meets(LIST, trouble, trouble, trouble);
    await refresh(tutor, id);
    expect(await once(tutor, 'UNREADABLE')).toMatchObject({ failure });
  });

  it('is read all anew when Google has forgotten what it told', async () => {
    const id = await connect(tutor);
    await market.sql(`update marketplace.external_calendars set etag = 'forgotten'`);
    google.calendars.put(account, event(inHours(48)));
    await refresh(tutor, id);
    await vi.waitFor(async () => expect(await freeOn(inHours(48))).not.toContain(inHours(48).toISOString()), patience);
  });
});

describe('lessons in a connected Google calendar', () => {
  it('are written when they are confirmed, with the link of the room, move, and are removed when cancelled', async () => {
    const [student, other] = [await market.student(), newAccount()];
    await connect(tutor);
    await connect(student, other);
    const id = await lesson(student);
    expect((await onceThere(id)).summary).toMatch(/^Lesson: /);
    expect((await onceThere(id, other)).summary).toMatch(/^Lesson with Tanya T\.: /);
    await vi.waitFor(() => expect(eventOf(id)?.['location']).toMatch(/^https:\/\/meet\.jit\.si\//), patience);
    const startsAt = inHours(75);
    await change(id, `starts_at = '${startsAt.toISOString()}', ends_at = '${inHours(76).toISOString()}', sequence = 1`);
    await tell(id, bookingRescheduled);
    await vi.waitFor(() => {
      for (const user of [account, other]) expect(eventOf(id, user)?.start.dateTime).toBe(startsAt.toISOString());
    }, patience);
    await change(id, `status = 'CANCELLED', cancelled_at = now()`);
    await tell(id, bookingCancelled, { cancelledBy: 'STUDENT', refundPercent: 100 });
    await vi.waitFor(() => {
      for (const user of [account, other]) expect(eventOf(id, user)?.status).toBe('cancelled');
    }, patience);
    expect(google.calendars.events(account), 'it was one event all the time').toHaveLength(1);
  });

  it('that were agreed before are written when the calendar is connected', async () => {
    const id = await lesson(await market.student());
    await connect(tutor);
    expect(await onceThere(id)).toMatchObject({ status: 'confirmed' });
  });

  it('are written once, however often the room is told, and after answers that were lost', async () => {
    await connect(tutor);
    const student = await market.student();
    google.meets(INSERT, 'lose', troubles.userRateLimited);
    const id = await lesson(student);
    for (let count = 0; count < 3; count++) await tell(id, bookingConfirmed);
    await onceQuiet(id);
    expect(google.calendars.events(account)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('do not block what they take: a lesson can be moved past itself', async () => {
    const calendarId = await connect(tutor);
    const student = await market.student();
    const id = await lesson(student);
    await onceThere(id);
    await refresh(tutor, calendarId);
    await vi.waitFor(() => expect(google.asked(LIST).length).toBeGreaterThan(2), patience);
    expect(await market.sql('select from marketplace.busy_times')).toEqual([]);
    await change(id, `status = 'CANCELLED', cancelled_at = now()`);
    expect(await freeOn(inHours(72))).toContain(inHours(72).toISOString());
  });

  it('stop when consent is withdrawn, which the calendar says, and come when it is connected again', async () => {
    await connect(tutor);
    google.accounts.revoke(account);
    const id = await lesson(await market.student());
    expect(await once(tutor, 'UNREADABLE')).toMatchObject({ failure: 'CONSENT_WITHDRAWN' });
    expect(eventOf(id)).toBeUndefined();
    await connect(tutor);
    await onceThere(id);
  });
});

describe('a Google calendar that is disconnected', () => {
  it('is cleared of lessons to come, not of those that were, and the consent is given back', async () => {
    const calendarId = await connect(tutor);
    const student = await market.student();
    const [past, next] = [await lesson(student), await lesson(student, 96)];
    await onceQuiet(past);
    await onceQuiet(next);
    await change(
      past,
      `status = 'COMPLETED', starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'`,
    );
    await disconnect(tutor, calendarId);
    await vi.waitFor(() => expect(google.asked(REVOKE)).toHaveLength(1), patience);
    expect([eventOf(past)?.status, eventOf(next)?.status]).toEqual(['confirmed', 'cancelled']);
    await vi.waitFor(
      async () => expect(await market.sql('select from marketplace.google_departures')).toEqual([]),
      patience,
    );
  });

  it('is left as it is where another person has connected the same account', async () => {
    const student = await market.student();
    const calendarId = await connect(tutor);
    const id = await lesson(student);
    await onceQuiet(id);
    await connect(student);
    await vi.waitFor(async () => {
      expect(await market.sql('select from marketplace.google_lessons where written is not null')).toHaveLength(2);
    }, patience);
    await onceQuiet(id);
    await disconnect(tutor, calendarId);
    await vi.waitFor(
      async () => expect(await market.sql('select from marketplace.google_departures')).toEqual([]),
      patience,
    );
    expect(google.asked(REVOKE)).toEqual([]);
    expect(eventOf(id)?.status).toBe('confirmed');
  });

  it('is cleared as well when its owner is forgotten', async () => {
    await connect(tutor);
    const id = await lesson(await market.student());
    await onceThere(id);
    const room = market.graph.rooms.get('marketplace') ?? expect.fail('no room');
    const { sections } = await marketplacePrivacy.collect(room.orm.em.fork(), tutor.userId);
    expect(sections['connectedCalendars']).toMatchObject([{ kind: 'GOOGLE', name: account }]);
    await transaction(room.orm.em, (tx) => marketplacePrivacy.erase(tx, tutor.userId));
    expect(await market.sql('select from marketplace.external_calendars')).toEqual([]);
    expect(await market.sql('select from marketplace.google_departures')).toHaveLength(1);
  });
});
