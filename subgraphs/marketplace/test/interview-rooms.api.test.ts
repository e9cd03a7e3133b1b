import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { SECRET_KEY } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readMarketplaceEnvironment } from '../src/environment.js';
import { serviceCalendar } from '../src/google/google-settings.js';
import type { Interview } from '../src/interviews/interview.entity.js';
import { interviewRooms } from '../src/interviews/interview-rooms.js';
import { meetingProviders } from '../src/meetings/meeting-providers.js';
import { MeetingRooms, type SettleOptions } from '../src/meetings/meeting-rooms.js';
import { troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';
import { type AskedInterview, askedInterview, giveTime } from './interviews.js';
import { Market } from './market.js';
import { work } from './scheduled-bookings.js';

const USER = 'interviews@school.example';
const INSERT = /POST .*\/events/;
const WRITES = /(POST|PATCH|PUT|DELETE) .*\/events/;
const firstTry: SettleOptions = { isLastTry: false, logger: silentLogger };

let google: GoogleServer;
let market: Market;
let settings: Record<string, string>;
let hr: TestPerson;

beforeAll(async () => {
  google = await GoogleServer.open();
  google.calendars.addUser(USER);
  const { email, privateKey } = google.accounts.addServiceAccount([USER]);
  settings = {
    GOOGLE_SERVICE_ACCOUNT_EMAIL: email,
    GOOGLE_SERVICE_ACCOUNT_KEY: privateKey,
    GOOGLE_CALENDAR_USER: USER,
    GOOGLE_CALENDAR_BASE_URL: google.url,
    GOOGLE_TOKEN_URL: google.tokenUrl,
    // Lessons are elsewhere; interviews are in our own calendar nevertheless.
    MEETING_PROVIDER: 'jitsi',
  };
  market = await Market.open(settings);
  hr = await market.graph.person('HR');
});
afterAll(async () => {
  await market.close();
  await google.close();
});
beforeEach(() => google.calm());

let hours = 24;

async function scheduled(): Promise<AskedInterview & { startsAt: Date }> {
  const asked = await askedInterview(market);
  return { ...asked, startsAt: await moved(asked) };
}

async function moved({ interviewId }: AskedInterview): Promise<Date> {
  hours += 3;
  return giveTime(market, hr, interviewId, hours);
}

interface Room {
  url: string;
  provider: string;
}

async function meetingOf(id: string, viewer: TestPerson = hr): Promise<Room | null> {
  const query = 'query ($id: ID!) { interview(id: $id) { meeting { url provider } } }';
  const { data } = await market.run(query, { id }, viewer);
  return (data['interview'] as { meeting: Room | null } | null)?.meeting ?? null;
}

/** The room, as soon as the job has made it. */
function made({ interviewId }: AskedInterview): Promise<Room> {
  return vi.waitUntil(() => meetingOf(interviewId), { timeout: 10_000 });
}

function eventsOf({ interviewId }: AskedInterview) {
  return google.calendars.events(USER).filter(({ id }) => id.endsWith(interviewId.replaceAll('-', '')));
}

/** As the job does it, with these settings. */
function rooms(other: Record<string, string>): MeetingRooms<Interview> {
  const { em } = (market.graph.rooms.get('marketplace') ?? expect.fail('no room')).orm;
  const environment = readMarketplaceEnvironment({ SECRET_KEY, ...other });
  const providers = meetingProviders(environment, serviceCalendar(environment));
  return new MeetingRooms(em, interviewRooms(providers), providers, new Metrics());
}

/** How often everybody was told of the room. */
async function changes({ interviewId }: AskedInterview): Promise<number> {
  const rows = await market.sql(
    `select 1 from marketplace.outbox where event ->> 'subject' = ? and event ->> 'type' like '%.interview.meeting-changed.v1'`,
    [interviewId],
  );
  return rows.length;
}

describe('the room of an interview', () => {
  it('is an event of our calendar with a Meet link, moves with it, and is gone when it is cancelled', async () => {
    const interview = await scheduled();
    const room = await made(interview);
    expect(room).toEqual({ provider: 'GOOGLE_MEET', url: expect.stringMatching(/^https:\/\/meet\.google\.com\//) });
    const [event] = eventsOf(interview);
    expect(event).toMatchObject({ summary: 'Interview', visibility: 'private', status: 'confirmed' });
    expect(event?.start.dateTime).toBe(interview.startsAt.toISOString());
    expect(event?.end.dateTime).toBe(new Date(interview.startsAt.getTime() + 30 * 60_000).toISOString());

    const startsAt = await moved(interview);
    await vi.waitFor(() => expect(eventsOf(interview)[0]?.start.dateTime).toBe(startsAt.toISOString()), 10_000);
    await vi.waitFor(async () => expect(await changes(interview)).toBe(2), 10_000);
    expect(eventsOf(interview)).toHaveLength(1);
    expect(google.asked(INSERT)).toHaveLength(1);
    expect(await meetingOf(interview.interviewId)).toEqual(room);

    await market.made('cancelInterview', { interviewId: interview.interviewId }, interview.tutor, 'interview');
    expect(await meetingOf(interview.interviewId)).toBeNull();
    await vi.waitFor(() => expect(eventsOf(interview)).toMatchObject([{ status: 'cancelled' }]), 10_000);
  });

  it('is told to nobody but the two who talk', async () => {
    const interview = await scheduled();
    const room = await made(interview);
    expect(await meetingOf(interview.interviewId, interview.tutor)).toEqual(room);
    for (const role of ['HR', 'ADMIN', 'CURATOR', 'TUTOR', 'STUDENT'] as const) {
      expect(await meetingOf(interview.interviewId, await market.graph.person(role)), role).toBeNull();
    }
    // Guests would hear of it from Google: nobody's address is given away.
    expect(
      google
        .asked(INSERT)
        .map(({ body }) => body)
        .join(),
    ).not.toMatch(/attendees|@/);
  });

  it('stays as it is, and Google is not asked, however often the job runs', async () => {
    const interview = await scheduled();
    const room = await made(interview);
    const told = await changes(interview);
    google.calm();
    for (let run = 0; run < 3; run++) await work(market, 'prepare-interview-room', { id: interview.interviewId });
    expect(google.asked(WRITES)).toEqual([]);
    expect(await meetingOf(interview.interviewId)).toEqual(room);
    expect(await changes(interview)).toBe(told);
    await market.made('cancelInterview', { interviewId: interview.interviewId }, hr, 'interview');
    await vi.waitFor(() => expect(eventsOf(interview)[0]?.status).toBe('cancelled'), 10_000);
    await vi.waitFor(async () => expect(await changes(interview)).toBe(told + 1), 10_000);
    google.calm();
    for (let run = 0; run < 3; run++) await work(market, 'prepare-interview-room', { id: interview.interviewId });
    expect(google.asked(WRITES)).toEqual([]);
  });

  it('is the same when an answer of Google is lost', async () => {
    google.meets(INSERT, 'lose');
    const interview = await scheduled();
    expect((await made(interview)).provider).toBe('GOOGLE_MEET');
    expect(eventsOf(interview)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('is not there while nobody has given it a time', async () => {
    const asked = await askedInterview(market);
    await work(market, 'prepare-interview-room', { id: asked.interviewId });
    await market.made('rejectInterview', { interviewId: asked.interviewId, reason: 'No.' }, hr, 'interview');
    await work(market, 'prepare-interview-room', { id: asked.interviewId });
    expect(eventsOf(asked)).toEqual([]);
  });

  it('stays after the interview, unseen', async () => {
    const interview = await scheduled();
    const { interviewId } = interview;
    await made(interview);
    await market.sql(
      `update marketplace.interviews set starts_at = now() - make_interval(hours => ?),
         ends_at = now() - make_interval(hours => ? - 1) where id = ?`,
      [hours, hours, interviewId],
    );
    await market.made('completeInterview', { interviewId, verdict: 'PASSED' }, hr, 'interview');
    await work(market, 'prepare-interview-room', { id: interviewId });
    expect(eventsOf(interview)).toMatchObject([{ status: 'confirmed' }]);
    expect(await meetingOf(interviewId)).toBeNull();
  });

  it('is one of Jitsi where no calendar of ours is configured, and when Google refuses for good', async () => {
    const [without, refused] = [await scheduled(), await scheduled()];
    for (const interview of [without, refused]) {
      await made(interview);
      await market.sql(
        `update marketplace.interviews set meeting_provider = null, meeting_id = null, meeting_url = null,
           meeting_sequence = null, updated_at = '2026-01-01' where id = ?`,
        [interview.interviewId],
      );
    }
    google.calm();
    expect(await rooms({}).settle(without.interviewId, firstTry)).toBe('DONE');
    expect(google.requests).toEqual([]);
    google.meets(INSERT, troubles.forbidden);
    expect(await rooms(settings).settle(refused.interviewId, firstTry)).toBe('DONE');
    for (const { interviewId } of [without, refused]) {
      expect(await meetingOf(interviewId)).toEqual({
        provider: 'JITSI',
        url: expect.stringMatching(/^https:\/\/meet\.jit\.si\//),
      });
      // Calendars take the invitation with the link for a newer one.
      const [row] = await market.sql<{ newer: boolean }>(
        `select updated_at > '2026-01-01' as newer from marketplace.interviews where id = ?`,
        [interviewId],
      );
      expect(row).toEqual({ newer: true });
    }
  });
});
