import { expect, it } from 'vitest';
import type { GoogleEvent } from '../google/google-client.js';
import { busyFromGoogle, lessonEventId } from './google-busy.rules.js';

const at = (time: string) => ({ dateTime: `2026-11-23T${time}:00Z` });
const meeting: GoogleEvent = { id: 'meeting', status: 'confirmed', start: at('10:00'), end: at('11:00') };
const BOOKING = '01900000-0000-7000-8000-00000000abcd';

function spans(events: GoogleEvent[], timeZone = 'UTC'): string[] {
  return busyFromGoogle(events, timeZone).map(({ start, end }) =>
    [start, end].map((time) => new Date(time).toISOString()).join('/'),
  );
}

it('an event keeps busy, and so does one that was not answered or only perhaps takes place', () => {
  const busy = ['2026-11-23T10:00:00.000Z/2026-11-23T11:00:00.000Z'];
  expect(spans([meeting])).toEqual(busy);
  expect(spans([{ ...meeting, status: 'tentative' }])).toEqual(busy);
  for (const responseStatus of ['accepted', 'tentative', 'needsAction']) {
    expect(
      spans([{ ...meeting, attendees: [{ responseStatus: 'declined' }, { self: true, responseStatus }] }]),
    ).toEqual(busy);
  }
  for (const eventType of ['default', 'focusTime', 'outOfOffice', 'fromGmail']) {
    expect(spans([{ ...meeting, eventType }])).toEqual(busy);
  }
});

it.each<[string, GoogleEvent]>([
  ['free', { transparency: 'transparent' }],
  ['cancelled', { status: 'cancelled' }],
  ['declined', { attendees: [{ self: true, responseStatus: 'declined' }] }],
  ['where one works', { eventType: 'workingLocation' }],
  ['a birthday', { eventType: 'birthday' }],
  ['a lesson that we wrote', { id: lessonEventId(BOOKING) }],
  ['a lesson of our feed', { iCalUID: `${BOOKING}@tutorgraph` }],
  ['without a time', { start: {}, end: {} }],
  ['of no length', { end: at('10:00') }],
])('an event that is %s does not', (_what, change) => {
  expect(spans([{ ...meeting, ...change }])).toEqual([]);
});

it('whole days are those of the calendar’s zone, as long as they are there', () => {
  const event = { ...meeting, start: { date: '2026-10-25' }, end: { date: '2026-10-26' } };
  expect(spans([event], 'Europe/Berlin')).toEqual(['2026-10-24T22:00:00.000Z/2026-10-25T23:00:00.000Z']);
  expect(spans([event], 'Asia/Kolkata')).toEqual(['2026-10-24T18:30:00.000Z/2026-10-25T18:30:00.000Z']);
});

it('times with an offset mean the moment, and those that touch are one', () => {
  const early = {
    ...meeting,
    start: { dateTime: '2026-11-23T12:30:00+03:30' },
    end: { dateTime: '2026-11-23T13:30:00+03:30' },
  };
  expect(spans([meeting, early])).toEqual(['2026-11-23T09:00:00.000Z/2026-11-23T11:00:00.000Z']);
});

it('the id of a lesson is one that Google takes', () => {
  expect(lessonEventId(BOOKING)).toMatch(/^[a-v0-9]{5,1024}$/);
});
