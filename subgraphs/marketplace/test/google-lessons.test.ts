import { newId } from '@tutorgraph/kit/database/id';
import { seal } from '@tutorgraph/kit/secrets/seal';
import { SECRET_KEY } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accessKey } from '../src/external-calendars/read-calendar.job.js';
import { GoogleOAuth } from '../src/google/google-oauth.js';
import { lessonEventId } from '../src/google-calendars/google-busy.rules.js';
import { newJourney, verifierOf } from '../src/google-calendars/google-consent.js';
import { GoogleDepartures } from '../src/google-calendars/google-departures.js';
import { GoogleLessons, type LessonPlace } from '../src/google-calendars/google-lessons.js';
import { troubles } from './google/google-answers.js';
import { GoogleServer } from './google/google-server.js';
import { inHours, Market, type TestTutor } from './market.js';

const USER = 'teacher@gmail.example';
const INSERT = /POST .*\/events/;

let google: GoogleServer;
let market: Market;
let lessons: GoogleLessons;
let departures: GoogleDepartures;
let access: string;
let subjectId: string;
let student: TestPerson;
let tutor: TestTutor;
let calendarId: string;

beforeAll(async () => {
  google = await GoogleServer.open();
  google.calendars.addUser(USER);
  // The room itself has no client at Google: only what is called here writes.
  market = await Market.open();
  [student, subjectId] = [await market.student(), await market.subject()];
  tutor = await market.teacher(subjectId);
  const client = google.accounts.addClient('https://api.example/calendars/google/callback');
  const oauth = new GoogleOAuth(client, { calendarUrl: google.url, tokenUrl: google.tokenUrl }, { firstPauseMs: 1 });
  const { verifier, challenge } = verifierOf(newJourney(tutor.userId, new Date()), SECRET_KEY);
  const code = google.accounts.consent(USER, new URL(oauth.consentAddress('state', challenge)));
  const { refreshToken } = await oauth.exchange(code, verifier);
  access = seal(refreshToken, accessKey(SECRET_KEY));
  calendarId = newId();
  await market.sql(
    `insert into marketplace.external_calendars (id, user_id, kind, name, sealed_access, address_hash, host, status, next_read_at, created_at)
     values (?, ?, 'GOOGLE', 'Mine', ?, 'hash', 'calendar.google.com', 'READABLE', now() + interval '1 day', now())`,
    [calendarId, tutor.userId, access],
  );
  const { em } = (market.graph.rooms.get('marketplace') ?? expect.fail('no room')).orm;
  const messages = (_locale: string, key: string) => key;
  lessons = new GoogleLessons({ em, messages, secret: SECRET_KEY, open: async () => oauth });
  departures = new GoogleDepartures(em, SECRET_KEY, async () => oauth);
});
afterAll(async () => {
  await market.close();
  await google.close();
});
beforeEach(() => google.calm());

let day = 0;

async function place(): Promise<LessonPlace> {
  day += 1;
  return { calendarId, bookingId: await market.booked(student, tutor, subjectId, { startsAt: inHours(24 * day) }) };
}

async function change({ bookingId }: LessonPlace, set: string): Promise<void> {
  await market.sql(`update marketplace.bookings set ${set} where id = ?`, [bookingId]);
}

async function claimed({ bookingId }: LessonPlace, set: string): Promise<void> {
  await market.sql(`update marketplace.google_lessons set ${set} where booking_id = ?`, [bookingId]);
}

function eventOf({ bookingId }: LessonPlace) {
  return google.calendars.events(USER).find(({ id }) => id === lessonEventId(bookingId));
}

it('a lesson is where it is when it moves or is cancelled while Google is asked', async () => {
  const [moved, cancelled] = [await place(), await place()];
  const later = inHours(24 * 100).toISOString();
  google.meets(INSERT, () =>
    change(moved, `starts_at = '${later}', ends_at = '${inHours(24 * 100 + 1).toISOString()}'`),
  );
  expect(await lessons.write(moved)).toBe('DONE');
  expect(eventOf(moved)?.start.dateTime).toBe(later);
  google.meets(INSERT, () => change(cancelled, `status = 'CANCELLED', cancelled_at = now()`));
  expect(await lessons.write(cancelled)).toBe('DONE');
  expect(eventOf(cancelled)?.status).toBe('cancelled');
});

it('one of many who write a lesson at once does it', async () => {
  const one = await place();
  const written = await Promise.all(Array.from({ length: 8 }, () => lessons.write(one)));
  expect(written).toContain('DONE');
  expect(google.asked(INSERT)).toHaveLength(1);
});

it('a lesson is left to whoever works at it, and taken over when they have died', async () => {
  const one = await place();
  await lessons.write(one);
  await change(one, `meeting_url = 'https://meet.example/room'`);
  await claimed(one, `claimed_until = now() + interval '50 seconds'`);
  expect(await lessons.write(one)).toBe('BUSY');
  await claimed(one, `claimed_until = now() - interval '1 second', written = null`);
  expect(await lessons.write(one)).toBe('DONE');
  expect(eventOf(one)?.['location']).toBe('https://meet.example/room');
});

it('a failed try is tried again, and what its owner deleted is back when the lesson changes', async () => {
  const one = await place();
  google.meets(INSERT, troubles.backendError, troubles.backendError, troubles.backendError);
  await expect(lessons.write(one)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
  expect(await lessons.write(one)).toBe('DONE');
  const event = eventOf(one) ?? expect.fail('it is not there');
  event.status = 'cancelled';
  await change(one, `meeting_url = 'https://meet.example/room'`);
  await lessons.write(one);
  expect(eventOf(one)).toMatchObject({ status: 'confirmed', location: 'https://meet.example/room' });
});

it('lessons of others are not written, nor into calendars that are not there', async () => {
  const one = await place();
  expect(await lessons.write({ ...one, calendarId: newId() })).toBe('DONE');
  const other = await market.teacher(subjectId);
  const bookingId = await market.booked(student, other, subjectId, { startsAt: inHours(24 * 200) });
  expect(await lessons.write({ calendarId, bookingId })).toBe('DONE');
  expect(google.asked(INSERT)).toEqual([]);
});

it('a departure that cannot be read keeps no other one from being cleared, and is given up in the end', async () => {
  const sealed = seal('1//gone', accessKey('another secret than the one of today'));
  const [fresh, readable, old] = [newId(), newId(), newId()];
  const rows = [
    { id: fresh, with: sealed, days: 0 },
    { id: readable, with: access, days: 0 },
    { id: old, with: sealed, days: 4 },
  ];
  for (const row of rows) {
    await market.sql(
      `insert into marketplace.google_departures (id, account_hash, sealed_access, booking_ids, due_at, created_at)
       values (?, 'hash', ?, '{}', now() - interval '1 minute', now() - make_interval(days => ?::int))`,
      [row.id, row.with, row.days],
    );
  }
  await expect(departures.clear(new AbortController().signal)).rejects.toThrow('Google calendars could not be cleared');
  expect(await market.sql('select id from marketplace.google_departures')).toEqual([{ id: fresh }]);
});
