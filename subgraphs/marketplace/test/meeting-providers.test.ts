import { newId } from '@tutorgraph/kit/database/id';
import { SECRET_KEY } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMarketplaceEnvironment } from '../src/environment.js';
import { serviceCalendar } from '../src/google/google-settings.js';
import type { Meeting, MeetingProvider } from '../src/meetings/meeting-provider.js';
import { meetingProviders } from '../src/meetings/meeting-providers.js';
import { troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';
import { ZoomServer, zoomError } from './zoom/zoom-server.js';

const USER = 'lessons@school.example';
const startsAt = new Date('2026-11-21T10:00:00Z');
const endsAt = new Date('2026-11-21T11:30:00Z');
const later = { startsAt: new Date('2026-11-22T10:00:00Z'), endsAt: new Date('2026-11-22T11:00:00Z') };

let google: GoogleServer;
let zoom: ZoomServer;
let settings: Record<string, string>;

beforeAll(async () => {
  [google, zoom] = await Promise.all([GoogleServer.open(), ZoomServer.open()]);
  google.calendars.addUser(USER);
  const { email, privateKey } = google.accounts.addServiceAccount([USER]);
  settings = {
    SECRET_KEY,
    GOOGLE_SERVICE_ACCOUNT_EMAIL: email,
    GOOGLE_SERVICE_ACCOUNT_KEY: privateKey.replaceAll('\n', '\\n'),
    GOOGLE_CALENDAR_USER: USER,
    GOOGLE_CALENDAR_BASE_URL: google.url,
    GOOGLE_TOKEN_URL: google.tokenUrl,
    ...zoom.settings,
  };
});
afterAll(() => Promise.all([google.close(), zoom.close()]));
beforeEach(() => google.calm());

function configured(change: Record<string, string> = {}) {
  const environment = readMarketplaceEnvironment({ ...settings, ...change });
  return meetingProviders(environment, serviceCalendar(environment));
}

function provider(name: 'GOOGLE_MEET' | 'ZOOM' | 'JITSI', change: Record<string, string> = {}): MeetingProvider {
  return configured(change).get(name) ?? expect.fail(`${name} is not configured`);
}

function meeting(): Meeting {
  return { key: newId(), version: 0, title: 'Lesson', startsAt, endsAt };
}

/** The events of Google that are not deleted, or the meetings of Zoom. */
const rooms = {
  GOOGLE_MEET: () => google.calendars.events(USER).filter(({ status }) => status !== 'cancelled').length,
  ZOOM: () => zoom.meetings.size,
};

describe.each(['GOOGLE_MEET', 'ZOOM'] as const)('a room of %s', (name) => {
  const isGoogle = name === 'GOOGLE_MEET';
  const meets = (which: RegExp, trouble: 'lose' | 'hang') =>
    isGoogle ? google.meets(which, trouble) : zoom.meets(which, trouble);

  it('is made, moved with the same link, and removed', async () => {
    const [one, before] = [provider(name), rooms[name]()];
    const asked = meeting();
    const room = await one.create(asked, false);
    expect(room.url).toMatch(isGoogle ? /^https:\/\/meet\.google\.com\/\w/ : /^https:\/\/zoom\.us\/j\/\d/);
    expect(rooms[name]()).toBe(before + 1);
    expect(await one.move(room, { ...asked, ...later, version: 1 })).toEqual(room);
    const time = isGoogle
      ? google.calendars.events(USER).at(-1)?.start.dateTime
      : zoom.meetings.get(Number(room.id))?.start_time;
    expect(new Date(time ?? '')).toEqual(later.startsAt);
    await one.remove({ key: asked.key, id: room.id });
    expect(rooms[name]()).toBe(before);
  });

  it('is the same when the answer was lost and it is asked for again', async () => {
    const [one, before, asked] = [provider(name), rooms[name](), meeting()];
    // Others before it, so that it is not on Zoom's first page.
    for (let count = 0; count < 3; count++) await one.create(meeting(), false);
    meets(/^POST .*(events|meetings)/, 'lose');
    const made = await one.create(asked, false).catch(() => one.create(asked, true));
    expect(rooms[name]()).toBe(before + 4);
    expect(await one.create(asked, true)).toEqual(made);
    expect(rooms[name]()).toBe(before + 4);
  });

  it('that an unfinished call left is removed by its key', async () => {
    const [one, before, asked] = [provider(name), rooms[name](), meeting()];
    await one.create(asked, false);
    await one.remove({ key: asked.key, id: null });
    expect(rooms[name]()).toBe(before);
  });

  it('that is gone is removed without a word, and made anew when it is to be moved', async () => {
    const [one, before, asked] = [provider(name), rooms[name](), meeting()];
    const room = await one.create(asked, false);
    await one.remove({ key: asked.key, id: room.id });
    await one.remove({ key: asked.key, id: room.id });
    const again = await one.move(room, { ...asked, ...later });
    expect(rooms[name]()).toBe(before + 1);
    expect(again.url).toMatch(/^https:/);
    await one.remove({ key: newId(), id: isGoogle ? null : '1' });
  });

  it('says nothing of people or of what is taught', async () => {
    const asked = meeting();
    const room = await provider(name).create(asked, false);
    const kept = isGoogle ? google.calendars.events(USER).at(-1) : zoom.meetings.get(Number(room.id));
    expect(kept).toMatchObject(isGoogle ? { summary: 'Lesson', visibility: 'private' } : { topic: 'Lesson' });
    expect(JSON.stringify(kept)).not.toContain('@gmail');
    expect(kept).not.toHaveProperty('attendees');
  });
});

describe('a room of Google Meet', () => {
  it('is waited for when Google makes it a moment later', async () => {
    google.calendars.pendingReads = 2;
    const { url } = await provider('GOOGLE_MEET').create(meeting(), false);
    google.calendars.pendingReads = 0;
    expect(url).toMatch(/^https:\/\/meet\.google\.com\//);
    expect(google.asked(/^GET /)).toHaveLength(2);
  });

  it('is refused when the account has no Meet', async () => {
    google.calendars.refusesConferences = true;
    const failure = provider('GOOGLE_MEET').create(meeting(), false);
    await expect(failure).rejects.toMatchObject({ reason: 'REFUSED', facts: { detail: 'noConference' } });
    google.calendars.refusesConferences = false;
  });

  it('is made although Google limits its rate for a moment', async () => {
    google.meets(/^POST .*events/, troubles.userRateLimited);
    expect((await provider('GOOGLE_MEET').create(meeting(), false)).url).toMatch(/^https:/);
  });
});

describe('a room of Zoom', () => {
  it('is not asked for twice in one call, for Zoom would make two', async () => {
    const before = zoom.meetings.size;
    zoom.meets(/^POST .*meetings/, 'lose');
    await expect(provider('ZOOM').create(meeting(), false)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(zoom.meetings.size).toBe(before + 1);
  });

  it('is moved although Zoom limits its rate for a moment or the token ended early', async () => {
    const one = provider('ZOOM');
    const asked = meeting();
    const room = await one.create(asked, false);
    zoom.expireTokens();
    zoom.meets(/^PATCH/, zoomError(429, 429, 'You have reached the maximum per-second rate limit'));
    expect(await one.move(room, { ...asked, ...later })).toEqual(room);
  });

  it('fails without secrets when the app is not known', async () => {
    const failure = await provider('ZOOM', { ZOOM_CLIENT_SECRET: 'another' })
      .create(meeting(), false)
      .catch((error: Error) => error);
    expect(failure).toMatchObject({ reason: 'CREDENTIALS', facts: { status: 400 } });
    expect(JSON.stringify([failure, String(failure)])).not.toMatch(/another|Basic/);
  });

  it('is tried again later when the daily limit is reached', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    zoom.meets(/^POST .*meetings/, zoomError(429, 429, 'Daily limit', { 'retry-after': tomorrow }));
    await expect(provider('ZOOM').create(meeting(), false)).rejects.toMatchObject({ reason: 'RATE_LIMITED' });
  });
});

describe('a room of Jitsi', () => {
  it('needs nobody, is the same for the same lesson, and cannot be guessed without the secret', async () => {
    const one = provider('JITSI', { JITSI_URL: 'https://meet.school.example/' });
    const asked = meeting();
    const room = await one.create(asked, false);
    expect(room.url).toMatch(/^https:\/\/meet\.school\.example\/tutorgraph-[0-9a-f]{32}$/);
    expect(await one.create(asked, true)).toEqual(room);
    expect(await one.create({ ...asked, version: 1 }, false)).not.toEqual(room);
    expect(await provider('JITSI', { SECRET_KEY: `${SECRET_KEY}!` }).create(asked, false)).not.toEqual(room);
    expect(room.url).not.toContain(asked.key);
  });
});

describe('which provider makes the rooms', () => {
  const bare = { SECRET_KEY };

  it('is the one that has keys, and Jitsi when none has', () => {
    const environment = readMarketplaceEnvironment(bare);
    expect(meetingProviders(environment, undefined).preferred.name).toBe('JITSI');
    const withZoom = readMarketplaceEnvironment({ ...bare, ...zoom.settings });
    expect(meetingProviders(withZoom, undefined).preferred.name).toBe('ZOOM');
    expect(configured().preferred.name).toBe('GOOGLE_MEET');
  });

  it('is the one that the settings name', () => {
    expect(configured({ MEETING_PROVIDER: 'zoom' }).preferred.name).toBe('ZOOM');
    expect(configured({ MEETING_PROVIDER: 'jitsi' }).preferred.name).toBe('JITSI');
    const without = readMarketplaceEnvironment({ ...bare, MEETING_PROVIDER: 'zoom' });
    expect(() => meetingProviders(without, undefined)).toThrow('MEETING_PROVIDER=zoom needs ZOOM_ACCOUNT_ID');
  });

  it('is not asked with a key that is none', () => {
    const wrong = { ...bare, GOOGLE_SERVICE_ACCOUNT_KEY: 'no key' };
    expect(() => readMarketplaceEnvironment(wrong)).toThrow(/GOOGLE_SERVICE_ACCOUNT_KEY: must be the private_key/);
  });
});
