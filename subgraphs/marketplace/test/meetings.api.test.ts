import { transaction } from '@tutorgraph/kit/database/transaction';
import type { EventType } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { SECRET_KEY } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Booking } from '../src/bookings/booking.entity.js';
import { aboutBooking } from '../src/bookings/booking.transitions.js';
import { readMarketplaceEnvironment } from '../src/environment.js';
import { bookingCancelled, bookingConfirmed, bookingNoShow, bookingRescheduled } from '../src/events.js';
import { serviceCalendar } from '../src/google/google-settings.js';
import { bookingRooms } from '../src/meetings/booking-rooms.js';
import { meetingProviders } from '../src/meetings/meeting-providers.js';
import { MeetingRooms, type SettleOptions } from '../src/meetings/meeting-rooms.js';
import { troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';
import { Market, type TestTutor } from './market.js';
import { ZoomServer } from './zoom/zoom-server.js';

const USER = 'lessons@school.example';
const INSERT = /POST .*\/events/;
const firstTry: SettleOptions = { isLastTry: false, logger: silentLogger };

let google: GoogleServer;
let zoom: ZoomServer;
let market: Market;
let settings: Record<string, string>;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  [google, zoom] = await Promise.all([GoogleServer.open(), ZoomServer.open()]);
  google.calendars.addUser(USER);
  const { email, privateKey } = google.accounts.addServiceAccount([USER]);
  settings = {
    GOOGLE_SERVICE_ACCOUNT_EMAIL: email,
    GOOGLE_SERVICE_ACCOUNT_KEY: privateKey,
    GOOGLE_CALENDAR_USER: USER,
    GOOGLE_CALENDAR_BASE_URL: google.url,
    GOOGLE_TOKEN_URL: google.tokenUrl,
  };
  market = await Market.open(settings);
  [student, tutor] = [await market.student(), await market.tutor()];
});
afterAll(async () => {
  await market.close();
  await Promise.all([google.close(), zoom.close()]);
});
beforeEach(() => google.calm());

let day = 1;

/** A booking of a day of its own, paid; nobody was told of it. */
async function confirmed(): Promise<string> {
  const id = await market.booking(student, tutor);
  day += 1;
  await change(
    id,
    `status = 'CONFIRMED', starts_at = date_trunc('hour', now()) + interval '${day} days',
    ends_at = date_trunc('hour', now()) + interval '${day} days 1 hour'`,
  );
  return id;
}

async function change(id: string, set: string): Promise<void> {
  await market.sql(`update marketplace.bookings set ${set} where id = ?`, [id]);
}

function em() {
  return (market.graph.rooms.get('marketplace') ?? expect.fail('no room')).orm.em;
}

/** Tells everybody of a booking as it is now. */
async function tell(id: string, type: EventType, more: object = {}): Promise<void> {
  await transaction(em(), async (tx) => {
    const { subject, data } = aboutBooking(await tx.findOneOrFail(Booking, { id }));
    recordEvent(tx, type.create({ subject, data: { ...data, ...more } }));
  });
}

async function meetingOf(id: string, viewer: TestPerson = student): Promise<{ url: string; provider: string } | null> {
  const query = 'query ($id: ID!) { booking(id: $id) { meeting { url provider } } }';
  const { data } = await market.run(query, { id }, viewer);
  return (data['booking'] as { meeting: { url: string; provider: string } | null } | null)?.meeting ?? null;
}

function eventOf(id: string) {
  return google.calendars.events(USER).find((event) => event.id.endsWith(id.replaceAll('-', '')));
}

/** As the job does it, with the settings of the room or others. */
function rooms(other: Record<string, string> = settings): MeetingRooms<Booking> {
  const environment = readMarketplaceEnvironment({ SECRET_KEY, ...other });
  const providers = meetingProviders(environment, serviceCalendar(environment));
  return new MeetingRooms(em(), bookingRooms(providers.preferred), providers, new Metrics());
}

const meetingChanges = (id: string) =>
  market.sql<{ type: string }>(
    `select event ->> 'type' as type from marketplace.outbox where event ->> 'subject' = ? and event ->> 'type' like '%meeting-changed%'`,
    [id],
  );

describe('the room of a booking', () => {
  it('is made once it is paid, moves with it, and is gone when it is cancelled', async () => {
    const id = await confirmed();
    await tell(id, bookingConfirmed);
    const made = await vi.waitUntil(() => meetingOf(id), { timeout: 10_000 });
    expect(made).toEqual({ provider: 'GOOGLE_MEET', url: expect.stringMatching(/^https:\/\/meet\.google\.com\//) });
    await change(
      id,
      `starts_at = starts_at + interval '2 hours', ends_at = ends_at + interval '2 hours', sequence = 1`,
    );
    await tell(id, bookingRescheduled);
    const [moved] = await market.sql<{ starts_at: string }>('select starts_at from marketplace.bookings where id = ?', [
      id,
    ]);
    await vi.waitFor(
      () => expect(new Date(eventOf(id)?.start.dateTime ?? '')).toEqual(new Date(moved?.starts_at ?? '')),
      10_000,
    );
    expect(await meetingOf(id)).toEqual(made);
    await change(id, `status = 'CANCELLED', cancelled_at = now()`);
    await tell(id, bookingCancelled, { cancelledBy: 'STUDENT', refundPercent: 100 });
    await vi.waitFor(() => expect(eventOf(id)?.status).toBe('cancelled'), 10_000);
    await vi.waitFor(async () => expect(await meetingChanges(id)).toHaveLength(3), 10_000);
    expect(await meetingOf(id)).toBeNull();
  });

  it('is made once, however often and in whatever order the room is told', async () => {
    const id = await confirmed();
    await tell(id, bookingRescheduled);
    for (let count = 0; count < 3; count++) await tell(id, bookingConfirmed);
    await tell(id, bookingNoShow, { absent: 'TUTOR', refundPercent: 100, disputableUntil: null });
    await vi.waitUntil(() => meetingOf(id), { timeout: 10_000 });
    await Promise.all([rooms().settle(id, firstTry), rooms().settle(id, firstTry)]);
    expect(eventOf(id)?.status).toBe('confirmed');
    expect(await meetingChanges(id)).toHaveLength(1);
  });

  it('is not made for a booking that was cancelled before the job came to it', async () => {
    const id = await confirmed();
    await change(id, `status = 'CANCELLED', cancelled_at = now()`);
    expect(await rooms().settle(id, firstTry)).toBe('DONE');
    expect(eventOf(id)).toBeUndefined();
  });

  it('is where the booking is when that moves or is cancelled while the provider is asked', async () => {
    const [moved, cancelled] = [await confirmed(), await confirmed()];
    const meanwhile = async (id: string, set: string) => {
      google.meets(INSERT, () => change(id, set));
      await rooms().settle(id, firstTry);
    };
    await meanwhile(
      moved,
      `starts_at = starts_at + interval '3 hours', ends_at = ends_at + interval '3 hours', sequence = 5`,
    );
    const [row] = await market.sql<{ starts_at: string; meeting_sequence: number }>(
      'select starts_at, meeting_sequence from marketplace.bookings where id = ?',
      [moved],
    );
    expect(row?.meeting_sequence).toBe(5);
    expect(new Date(eventOf(moved)?.start.dateTime ?? '')).toEqual(new Date(row?.starts_at ?? ''));
    await meanwhile(cancelled, `status = 'CANCELLED', cancelled_at = now()`);
    expect(eventOf(cancelled)?.status).toBe('cancelled');
    expect(await meetingOf(cancelled)).toBeNull();
  });

  it('is left alone while another job works at it, and taken over when that job has died', async () => {
    const id = await confirmed();
    await change(id, `meeting_provider = 'GOOGLE_MEET', meeting_claimed_until = now() + interval '50 seconds'`);
    expect(await rooms().settle(id, firstTry)).toBe('BUSY');
    expect(eventOf(id)).toBeUndefined();
    await change(id, `meeting_claimed_until = now() - interval '1 second'`);
    expect(await rooms().settle(id, firstTry)).toBe('DONE');
    expect(await meetingOf(id)).not.toBeNull();
  });

  it.each(['GOOGLE_MEET', 'ZOOM'] as const)(
    'is found again with %s when the process died after the room was made and before that was kept',
    async (provider) => {
      const id = await confirmed();
      const chosen = rooms({
        ...settings,
        ...zoom.settings,
        MEETING_PROVIDER: provider === 'ZOOM' ? 'zoom' : 'google-meet',
      });
      await chosen.settle(id, firstTry);
      const { url } = (await meetingOf(id)) ?? expect.fail('there is no room');
      await change(id, 'meeting_id = null, meeting_url = null, meeting_sequence = null');
      await chosen.settle(id, firstTry);
      expect(await meetingOf(id)).toEqual({ url, provider });
      await change(id, `meeting_id = null, meeting_url = null, status = 'CANCELLED', cancelled_at = now()`);
      await chosen.settle(id, firstTry);
      expect(provider === 'ZOOM' ? zoom.meetings.size : eventOf(id)?.status).toBe(
        provider === 'ZOOM' ? 0 : 'cancelled',
      );
    },
  );

  it('is tried again when the provider fails, and is one of Jitsi when that was the last try', async () => {
    const id = await confirmed();
    google.meets(INSERT, ...Array.from({ length: 6 }, () => troubles.backendError));
    await expect(rooms().settle(id, firstTry)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(await meetingOf(id)).toBeNull();
    const logger = { ...silentLogger, error: vi.fn() };
    await rooms().settle(id, { isLastTry: true, logger });
    expect(await meetingOf(id)).toMatchObject({
      provider: 'JITSI',
      url: expect.stringContaining('https://meet.jit.si/'),
    });
    expect(logger.error).toHaveBeenCalledOnce();
    await change(id, 'sequence = sequence + 1');
    await rooms().settle(id, firstTry);
    expect(await meetingOf(id)).toMatchObject({ provider: 'JITSI' });
  }, 20_000);

  it('is one of Jitsi at once when the lesson is near, or when trying again is of no use', async () => {
    const [near, hopeless] = [await confirmed(), await confirmed()];
    await change(near, `starts_at = now() + interval '5 minutes', ends_at = now() + interval '65 minutes'`);
    google.meets(INSERT, troubles.backendError, troubles.backendError, troubles.backendError);
    await rooms().settle(near, firstTry);
    google.meets(INSERT, troubles.forbidden);
    await rooms().settle(hopeless, firstTry);
    for (const id of [near, hopeless]) expect(await meetingOf(id)).toMatchObject({ provider: 'JITSI' });
    await change(near, `status = 'CANCELLED', cancelled_at = now()`);
  });

  it('stays where it was when it cannot be moved, and its link is still good', async () => {
    const id = await confirmed();
    await rooms().settle(id, firstTry);
    const before = await meetingOf(id);
    await change(id, 'sequence = 1');
    google.meets(/PATCH/, troubles.backendError, troubles.backendError, troubles.backendError);
    await expect(rooms().settle(id, { ...firstTry, isLastTry: true })).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(await meetingOf(id)).toEqual(before);
    await rooms().settle(id, firstTry);
    expect(await meetingOf(id)).toEqual(before);
  });

  it('is made anew, or forgotten, when its provider is not configured any longer', async () => {
    const [moved, cancelled] = [await confirmed(), await confirmed()];
    for (const id of [moved, cancelled]) await rooms().settle(id, firstTry);
    await change(moved, 'sequence = 1');
    await change(cancelled, `status = 'CANCELLED', cancelled_at = now()`);
    for (const id of [moved, cancelled]) await rooms({}).settle(id, firstTry);
    expect(await meetingOf(moved)).toMatchObject({ provider: 'JITSI' });
    const [row] = await market.sql<{ meeting_provider: null }>(
      'select meeting_provider from marketplace.bookings where id = ?',
      [cancelled],
    );
    expect(row?.meeting_provider).toBeNull();
  });

  it('is seen by its two people while the lesson takes place, and by nobody else', async () => {
    const id = await confirmed();
    await rooms().settle(id, firstTry);
    const staff = await Promise.all(
      (['SUPER_ADMIN', 'ADMIN', 'CURATOR'] as const).map((role) => market.graph.person(role)),
    );
    for (const person of [student, tutor]) expect(await meetingOf(id, person)).not.toBeNull();
    for (const person of [...staff, await market.student(), await market.tutor()]) {
      expect(await meetingOf(id, person)).toBeNull();
    }
    for (const status of ['IN_PROGRESS', 'COMPLETED', 'DISPUTED']) {
      await change(id, `status = '${status}'`);
      expect((await meetingOf(id)) !== null).toBe(status === 'IN_PROGRESS');
    }
  });
});

describe('testMeeting', () => {
  const query = `mutation ($input: TestMeetingInput!) {
    testMeeting(input: $input) { meeting { url provider } userErrors { code message detail field } }
  }`;
  const test = async (provider: string | null, person?: TestPerson) => {
    const { data, codes } = await market.run(query, { input: { provider } }, person);
    return { ...(data['testMeeting'] as object), codes };
  };

  it('makes a room and removes it', async () => {
    const hr = await market.graph.person('HR');
    const answer = await test(null, hr);
    expect(answer).toMatchObject({ meeting: { provider: 'GOOGLE_MEET' }, userErrors: [], codes: [] });
    expect(google.calendars.events(USER).at(-1)?.status).toBe('cancelled');
    expect(await test('JITSI', hr)).toMatchObject({ meeting: { provider: 'JITSI' }, userErrors: [] });
  });

  it('says what went wrong, without secrets', async () => {
    const admin = await market.graph.person('ADMIN');
    expect(await test('ZOOM', admin)).toMatchObject({
      meeting: null,
      userErrors: [{ code: 'PROVIDER_NOT_CONFIGURED', field: ['input', 'provider'], detail: null }],
    });
    google.meets(INSERT, troubles.forbidden);
    expect(await test('GOOGLE_MEET', admin)).toMatchObject({
      userErrors: [{ code: 'ROOM_NOT_MADE', detail: 'Google Calendar: CREDENTIALS, HTTP 403, forbidden' }],
    });
    google.meets(/DELETE/, troubles.forbidden);
    expect(await test('GOOGLE_MEET', admin)).toMatchObject({ userErrors: [{ code: 'ROOM_NOT_REMOVED' }] });
  });

  it('is for staff', async () => {
    expect(await test(null, tutor)).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(await test(null)).toMatchObject({ codes: ['UNAUTHENTICATED'] });
  });
});
