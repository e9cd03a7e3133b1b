import { describe, expect, test } from 'vitest';
import { busyFromIcs, CalendarTooLargeError, type IcsReading, NotACalendarError } from './busy-from-ics.js';

const SPAN = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-04-15T00:00:00Z') };

const BERLIN = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;

/** A calendar with these lines, as it comes over the wire. */
function ics(...parts: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...parts, 'END:VCALENDAR', '']
    .join('\n')
    .replaceAll('\n', '\r\n');
}

function event(...lines: string[]): string {
  return ['BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\n');
}

/** Busy times as ISO texts, to the minute. */
function busy(text: string, change: Partial<IcsReading> = {}): string[] {
  const minute = (moment: number) => new Date(moment).toISOString().slice(0, 16);
  const spans = busyFromIcs({ text, ...SPAN, timeZone: 'Europe/Moscow', ownDomain: '@tutorgraph', ...change });
  return spans.map(({ start, end }) => `${minute(start)} ${minute(end)}`);
}

describe('an event', () => {
  test.each([
    ['in UTC', 'DTSTART:20260310T100000Z', 'DTEND:20260310T113000Z', '2026-03-10T10:00 2026-03-10T11:30'],
    [
      'in a zone by its own name',
      'DTSTART;TZID=America/New_York:20260310T100000',
      'DTEND;TZID=America/New_York:20260310T110000',
      '2026-03-10T14:00 2026-03-10T15:00',
    ],
    ['with a length', 'DTSTART:20260310T100000Z', 'DURATION:PT45M', '2026-03-10T10:00 2026-03-10T10:45'],
    ['in nobody’s zone', 'DTSTART:20260310T100000', 'DTEND:20260310T110000', '2026-03-10T07:00 2026-03-10T08:00'],
    ['of whole days', 'DTSTART;VALUE=DATE:20260310', 'DTEND;VALUE=DATE:20260312', '2026-03-09T21:00 2026-03-11T21:00'],
    ['of one day', 'DTSTART;VALUE=DATE:20260310', 'SUMMARY:Holiday', '2026-03-09T21:00 2026-03-10T21:00'],
  ])('%s is busy', (_what, start, end, expected) => {
    expect(busy(ics(event(start, end)))).toEqual([expected]);
  });

  test.each([
    ['that is free', 'TRANSP:TRANSPARENT'],
    ['that was cancelled', 'STATUS:CANCELLED'],
    ['that Outlook shows as free', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'],
    ['without length', 'DTEND:20260310T100000Z'],
  ])('%s is not busy', (_what, line) => {
    const end = line.startsWith('DTEND') ? line : 'DTEND:20260310T110000Z';
    expect(busy(ics(event('DTSTART:20260310T100000Z', end, line)))).toEqual([]);
  });

  test('of our own feed is not busy', () => {
    const own = event('DTSTART:20260310T100000Z', 'DTEND:20260310T110000Z').replace('UID:one', 'UID:1@tutorgraph');
    expect(busy(ics(own))).toEqual([]);
  });

  test('that Outlook shows as busy is, tentative ones too', () => {
    const tentative = event(
      'DTSTART:20260310T100000Z',
      'DTEND:20260310T110000Z',
      'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
    );
    expect(busy(ics(tentative))).toHaveLength(1);
  });

  test('in a zone of Windows is where the document says that the zone is', () => {
    const outlook = event(
      'DTSTART;TZID=W. Europe Standard Time:20260330T100000',
      'DTEND;TZID=W. Europe Standard Time:20260330T110000',
    );
    expect(busy(ics(BERLIN, outlook))).toEqual(['2026-03-30T08:00 2026-03-30T09:00']);
  });

  test('of whole days is in the calendar’s own zone where it names one', () => {
    const tokyo = ics('X-WR-TIMEZONE:Asia/Tokyo', event('DTSTART;VALUE=DATE:20260310'));
    expect(busy(tokyo)).toEqual(['2026-03-09T15:00 2026-03-10T15:00']);
  });

  test('counts only within the span that is asked for', () => {
    const across = event('DTSTART:20260228T230000Z', 'DTEND:20260301T010000Z');
    expect(busy(ics(across))).toEqual(['2026-02-28T23:00 2026-03-01T01:00']);
    expect(busy(ics(event('DTSTART:20270101T100000Z', 'DTEND:20270101T110000Z')))).toEqual([]);
  });
});

describe('a repeated event', () => {
  const weekly = (...more: string[]) =>
    event(
      'DTSTART;TZID=Europe/Berlin:20200106T180000',
      'DTEND;TZID=Europe/Berlin:20200106T190000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
      ...more,
    );
  const MONDAYS = [
    '2026-03-02T17:00 2026-03-02T18:00',
    '2026-03-09T17:00 2026-03-09T18:00',
    '2026-03-16T17:00 2026-03-16T18:00',
    '2026-03-23T17:00 2026-03-23T18:00',
    // The clocks have changed.
    '2026-03-30T16:00 2026-03-30T17:00',
    '2026-04-06T16:00 2026-04-06T17:00',
    '2026-04-13T16:00 2026-04-13T17:00',
  ];

  test('keeps its hour by the clock of its zone, however long ago it began', () => {
    expect(busy(ics(weekly()))).toEqual(MONDAYS);
  });

  test('does not take place where it says so', () => {
    const without = weekly('EXDATE;TZID=Europe/Berlin:20260309T180000', 'EXDATE:20260330T160000Z');
    expect(busy(ics(without))).toEqual(MONDAYS.filter((_monday, index) => index !== 1 && index !== 4));
  });

  test('takes place at another time where an exception says so, also when that is moved into the span', () => {
    const moved = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260309T180000',
      'DTSTART;TZID=Europe/Berlin:20260310T090000',
      'DTEND;TZID=Europe/Berlin:20260310T100000',
    );
    const fromLater = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260420T180000',
      'DTSTART;TZID=Europe/Berlin:20260411T090000',
      'DTEND;TZID=Europe/Berlin:20260411T100000',
    );
    const cancelled = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260316T180000',
      'DTSTART;TZID=Europe/Berlin:20260316T180000',
      'DTEND;TZID=Europe/Berlin:20260316T190000',
      'STATUS:CANCELLED',
    );
    const expected = [...MONDAYS];
    expected.splice(1, 2, '2026-03-10T08:00 2026-03-10T09:00');
    expected.splice(5, 0, '2026-04-11T07:00 2026-04-11T08:00');
    expect(busy(ics(weekly(), moved, fromLater, cancelled)).sort()).toEqual(expected.sort());
  });

  test('ends where it ends', () => {
    const counted = weekly().replace('BYDAY=MO', 'BYDAY=MO;UNTIL=20260310T000000Z');
    expect(busy(ics(counted))).toEqual(MONDAYS.slice(0, 2));
  });

  test('of whole days lasts whole days over a clock change', () => {
    const sundays = event('DTSTART;VALUE=DATE:20260322', 'DTEND;VALUE=DATE:20260323', 'RRULE:FREQ=WEEKLY;COUNT=2');
    expect(busy(ics(sundays), { timeZone: 'Europe/Berlin' })).toEqual([
      '2026-03-21T23:00 2026-03-22T23:00',
      '2026-03-28T23:00 2026-03-29T22:00',
    ]);
  });

  test('may name further dates', () => {
    const more = event('DTSTART:20260310T100000Z', 'DTEND:20260310T110000Z', 'RDATE:20260312T150000Z,20260313T150000Z');
    expect(busy(ics(more))).toHaveLength(3);
  });
});

test('events that touch or overlap are one time', () => {
  const first = event('DTSTART:20260310T100000Z', 'DTEND:20260310T110000Z');
  const second = event('DTSTART:20260310T103000Z', 'DTEND:20260310T120000Z').replace('UID:one', 'UID:two');
  const third = event('DTSTART:20260310T120000Z', 'DTEND:20260310T123000Z').replace('UID:one', 'UID:three');
  expect(busy(ics(first, second, third))).toEqual(['2026-03-10T10:00 2026-03-10T12:30']);
});

test('an address that answers free and busy times is read too', () => {
  const answer = ['BEGIN:VFREEBUSY', 'FREEBUSY;FBTYPE=BUSY:20260310T100000Z/20260310T110000Z,20260311T100000Z/PT30M'];
  answer.push('FREEBUSY;FBTYPE=FREE:20260312T100000Z/20260312T110000Z', 'END:VFREEBUSY');
  expect(busy(ics(...answer))).toEqual(['2026-03-10T10:00 2026-03-10T11:00', '2026-03-11T10:00 2026-03-11T10:30']);
});

describe('a document', () => {
  test.each(['', 'hello', '<html></html>', 'BEGIN:VCARD\r\nFN:Anna\r\nEND:VCARD\r\n', 'BEGIN:VCALENDAR', '{}'])(
    'that is no calendar is refused: %j',
    (text) => {
      expect(() => busy(text)).toThrow(NotACalendarError);
    },
  );

  test('that would never end is refused', () => {
    const secondly = event('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY');
    expect(() => busy(ics(secondly))).toThrow(CalendarTooLargeError);
  });

  test('without events is a calendar of somebody who has time', () => {
    expect(busy(ics())).toEqual([]);
  });
});
