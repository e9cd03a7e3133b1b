import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { CalendarServer } from './calendar-server.js';
import { Market, type TestTutor } from './market.js';

const CALENDARS = '{ myCalendars { id name kind host status failure failingSince lastReadAt } }';
const CONNECT = `mutation ($input: ConnectCalendarInput!) { connectCalendar(input: $input) {
  calendar { id name host status } userErrors { code field message } } }`;
const DAY_MS = 24 * 60 * 60 * 1000;
const noon = (daysAhead: number, hours = 0) =>
  new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS + daysAhead * DAY_MS + (12 + hours) * 60 * 60 * 1000);

let market: Market;
let server: CalendarServer;
let tutor: TestTutor;
let subjectId: string;

interface Shown {
  id: string;
  name: string;
  kind: string;
  host: string;
  status: string;
  failure: string | null;
  failingSince: string | null;
  lastReadAt: string | null;
}

beforeAll(async () => {
  server = new CalendarServer();
  await server.open();
  market = await Market.open({ CALENDAR_ALLOWED_HOSTS: server.host });
  subjectId = await market.subject();
});

beforeEach(async () => {
  tutor = await market.teacher(subjectId);
  server.offer();
});

// Jobs of one test do not meddle with the next one.
afterEach(() => market.sql('delete from marketplace.external_calendars'));

afterAll(async () => {
  await market.close();
  await server.close();
});

async function connect(person: TestPerson, change: object = {}): Promise<{ id?: string; refused: string[] }> {
  const input = { address: `http://${server.host}/private-abc/basic.ics`, name: 'Work', ...change };
  const { data } = await market.run(CONNECT, { input }, person);
  const { calendar, userErrors } = data['connectCalendar'] as {
    calendar: { id: string } | null;
    userErrors: { code: string }[];
  };
  return { ...(calendar && { id: calendar.id }), refused: userErrors.map(({ code }) => code) };
}

async function shown(person: TestPerson): Promise<Shown[]> {
  return (await market.run(CALENDARS, {}, person)).data['myCalendars'] as Shown[];
}

/** Waits until a calendar has been read, or tried. */
function once(person: TestPerson, status: string): Promise<Shown> {
  return vi.waitFor(
    async () => {
      const [calendar] = await shown(person);
      if (calendar?.status !== status) throw new Error(`It is ${calendar?.status}`);
      return calendar;
    },
    { timeout: 20_000, interval: 50 },
  );
}

async function refresh(person: TestPerson, calendarId: string | undefined): Promise<void> {
  const before = server.requests.length;
  const query = `mutation ($input: CalendarReferenceInput!) {
    refreshCalendar(input: $input) { calendar { id } userErrors { code } } }`;
  await market.run(query, { input: { calendarId } }, person);
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(before), { timeout: 20_000 });
}

/** Beginnings of the free slots of one day, and whether the answer warns of a calendar. */
async function freeOn(day: Date, person?: TestPerson): Promise<{ slots: string[]; warned: number }> {
  const date = day.toISOString().slice(0, 10);
  const query = `query ($tutorId: ID!, $date: Date!) {
    availableSlots(tutorId: $tutorId, from: $date, to: $date, durationMinutes: 60, timeZone: "UTC") {
      days { slots { startsAt } } unreadableCalendars { isYours lastReadAt } } }`;
  const { data } = await market.run(query, { tutorId: tutor.tutorId, date }, person);
  const answer = data['availableSlots'] as { days: { slots: { startsAt: string }[] }[]; unreadableCalendars: object[] };
  const slots = answer.days.flatMap((one) => one.slots.map(({ startsAt }) => startsAt));
  return { slots, warned: answer.unreadableCalendars.length };
}

describe('a connected calendar', () => {
  it('keeps the tutor busy when it says so, and nobody learns with what', async () => {
    server.offer([noon(3), noon(3, 2)]);
    expect((await freeOn(noon(3))).slots).toContain(noon(3).toISOString());
    await connect(tutor);
    expect(await once(tutor, 'READABLE')).toMatchObject({
      name: 'Work',
      kind: 'ICS',
      host: server.host,
      failure: null,
    });
    const { slots } = await freeOn(noon(3));
    expect(slots).toContain(noon(3, -1).toISOString());
    expect(slots).toContain(noon(3, 2).toISOString());
    expect(slots.filter((slot) => slot > noon(3, -1).toISOString() && slot < noon(3, 2).toISOString())).toEqual([]);
    const [row] = await market.sql<{ row: string }>(
      'select external_calendars::text as row from marketplace.external_calendars',
    );
    expect(row?.row).not.toContain('private-abc');
    expect(row?.row).not.toContain('dentist');
  });

  it('keeps a student from booking while they are busy themselves', async () => {
    const student = await market.student();
    server.offer([noon(4), noon(4, 1)]);
    await connect(student);
    await once(student, 'READABLE');
    expect((await freeOn(noon(4))).slots).toContain(noon(4).toISOString());
    expect((await freeOn(noon(4), student)).slots).not.toContain(noon(4).toISOString());
    const slot = market.slot(tutor, subjectId, noon(4));
    expect(await market.mutate('createBooking', { slot }, student)).toMatchObject({
      refused: ['SLOT_TAKEN'],
      codes: [],
    });
  });

  it('is read anew, and not sent again while it stays the same', async () => {
    server.offer([noon(5), noon(5, 1)]);
    const { id } = await connect(tutor);
    await once(tutor, 'READABLE');
    await refresh(tutor, id);
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe(`"${noon(5).getTime()}"`);
    server.offer([noon(6), noon(6, 1)]);
    await refresh(tutor, id);
    await vi.waitFor(async () => expect((await freeOn(noon(6))).slots).not.toContain(noon(6).toISOString()), {
      timeout: 20_000,
    });
    expect((await freeOn(noon(5))).slots).toContain(noon(5).toISOString());
  });

  it('is forgotten with its times when it is disconnected', async () => {
    server.offer([noon(5), noon(5, 1)]);
    const { id } = await connect(tutor);
    await once(tutor, 'READABLE');
    const query = `mutation ($input: CalendarReferenceInput!) {
      disconnectCalendar(input: $input) { disconnectedCalendarId userErrors { code } } }`;
    expect((await market.run(query, { input: { calendarId: id } }, tutor)).data['disconnectCalendar']).toEqual({
      disconnectedCalendarId: id,
      userErrors: [],
    });
    expect(await shown(tutor)).toEqual([]);
    expect((await freeOn(noon(5))).slots).toContain(noon(5).toISOString());
    expect(await market.sql('select from marketplace.busy_times')).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const { id } = await connect(tutor);
    const stranger = await market.student();
    expect(await shown(stranger)).toEqual([]);
    for (const field of ['refreshCalendar', 'disconnectCalendar']) {
      const query = `mutation ($input: CalendarReferenceInput!) { ${field}(input: $input) { userErrors { code } } }`;
      for (const calendarId of [id, 'x']) {
        const { data } = await market.run(query, { input: { calendarId } }, stranger);
        expect(data[field]).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
      }
    }
    expect((await market.run(CALENDARS)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a calendar that cannot be read', () => {
  it.each([
    ['that is gone', 'REFUSED', 404, ''],
    ['whose server fails', 'REFUSED', 500, ''],
    ['that is a web page', 'NOT_A_CALENDAR', 200, '<html>Sign in</html>'],
  ])('says why: one %s', async (_what, failure, status, body) => {
    server.answer = (_request, response) => response.writeHead(status).end(body);
    await connect(tutor);
    expect(await once(tutor, 'UNREADABLE')).toMatchObject({ failure, lastReadAt: null });
    const { slots, warned } = await freeOn(noon(3));
    expect(warned, 'whoever asks for slots is told').toBe(1);
    expect(slots.length, 'and nothing is blocked').toBeGreaterThan(0);
  });

  it('keeps what it said for a day, and then blocks nothing any longer; both times the answer says so', async () => {
    server.offer([noon(3), noon(3, 1)]);
    const { id } = await connect(tutor);
    await once(tutor, 'READABLE');
    server.answer = (_request, response) => response.writeHead(503).end();
    await refresh(tutor, id);
    await once(tutor, 'UNREADABLE');
    expect(await freeOn(noon(3))).toMatchObject({ warned: 1 });
    expect((await freeOn(noon(3))).slots).not.toContain(noon(3).toISOString());
    await market.sql(`update marketplace.external_calendars set failing_since = now() - interval '25 hours'`);
    expect((await freeOn(noon(3))).slots).toContain(noon(3).toISOString());
    expect(await freeOn(noon(3))).toMatchObject({ warned: 1 });
    server.offer([noon(3), noon(3, 1)]);
    await refresh(tutor, id);
    expect(await once(tutor, 'READABLE')).toMatchObject({ failure: null, failingSince: null });
    expect((await freeOn(noon(3))).slots).not.toContain(noon(3).toISOString());
  });

  it('is told of, too, when for a day nobody came to read it, though it never failed', async () => {
    server.offer([noon(3), noon(3, 1)]);
    await connect(tutor);
    await once(tutor, 'READABLE');
    expect(await freeOn(noon(3))).toMatchObject({ warned: 0 });
    await market.sql(`update marketplace.external_calendars set last_read_at = now() - interval '25 hours'`);
    expect(await freeOn(noon(3))).toMatchObject({ warned: 1 });
    const never = `update marketplace.external_calendars set status = 'PENDING', last_read_at = null, created_at = now() - interval '25 hours'`;
    await market.sql(never);
    expect(await freeOn(noon(3))).toMatchObject({ warned: 1 });
  });

  it('is asked ever more rarely', async () => {
    server.answer = (_request, response) => response.writeHead(503).end();
    const { id } = await connect(tutor);
    const minutes = async () => {
      const [row] = await market.sql<{ minutes: number; failures: number }>(
        `select extract(epoch from next_read_at - now())::int / 60 as minutes, failures from marketplace.external_calendars`,
      );
      return row;
    };
    await once(tutor, 'UNREADABLE');
    const first = await minutes();
    await refresh(tutor, id);
    await vi.waitFor(async () => expect((await minutes())?.failures).toBe(2), { timeout: 20_000 });
    expect((await minutes())?.minutes).toBeGreaterThan((first?.minutes ?? 0) * 1.5);
  });
});

describe('connecting', () => {
  it.each([
    ['http://calendar.example.com/x.ics', 'ADDRESS_NOT_SECURE'],
    ['ftp://calendar.example.com/x.ics', 'INVALID_INPUT'],
    ['my calendar', 'INVALID_INPUT'],
    ['', 'INVALID_INPUT'],
  ])('%j is refused: %s', async (address, code) => {
    expect((await connect(tutor, { address })).refused).toEqual([code]);
  });

  it('takes webcal for https, and asks no server of our own network', async () => {
    await connect(tutor, { address: 'webcal://169.254.169.254/latest/meta-data' });
    expect(await once(tutor, 'UNREADABLE')).toMatchObject({ failure: 'ADDRESS_NOT_PUBLIC', host: '169.254.169.254' });
  });

  it('is done once for an address, and five times at most', async () => {
    await connect(tutor);
    expect((await connect(tutor, { name: 'Again' })).refused).toEqual(['ALREADY_CONNECTED']);
    for (let index = 0; index < 4; index++) {
      expect((await connect(tutor, { address: `http://${server.host}/${index}.ics` })).refused).toEqual([]);
    }
    const sixth = await connect(tutor, { address: `http://${server.host}/six.ics` });
    expect(sixth.refused).toEqual(['TOO_MANY_CALENDARS']);
    expect((await connect(await market.tutor())).refused, 'others may connect the same').toEqual([]);
  });
});

it('what is kept of calendars is collected without addresses, and erased', async () => {
  server.offer([noon(5), noon(5, 1)]);
  await connect(tutor);
  await once(tutor, 'READABLE');
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  const { sections } = await marketplacePrivacy.collect(room.orm.em.fork(), tutor.userId);
  expect(sections['connectedCalendars']).toMatchObject([{ name: 'Work', host: server.host }]);
  expect(JSON.stringify(sections['connectedCalendars'])).not.toMatch(/sealed|private-abc|Hash/);
  await transaction(room.orm.em, (tx) => marketplacePrivacy.erase(tx, tutor.userId));
  expect(await market.sql('select from marketplace.external_calendars')).toEqual([]);
  expect(await market.sql('select from marketplace.busy_times')).toEqual([]);
});
