import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weeklyStarts } from './booking-series.rules.js';

// The same in every run; another seed looks for more.
fc.configureGlobal({ seed: 20261121 });

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const starts = (first: string, zone: string, count: number) =>
  weeklyStarts(new Date(first), zone, count).map((start) => start.toISOString());

/** What a clock shows: the day and the time. */
function clock(time: Date, timeZone: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(time);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

describe('weekly lessons', () => {
  it('keep their local time over both clock changes', () => {
    expect(starts('2026-10-18T16:00:00Z', 'Europe/Berlin', 3)).toEqual([
      '2026-10-18T16:00:00.000Z',
      '2026-10-25T17:00:00.000Z',
      '2026-11-01T17:00:00.000Z',
    ]);
    expect(starts('2027-03-21T17:00:00Z', 'Europe/Berlin', 2)).toEqual([
      '2027-03-21T17:00:00.000Z',
      '2027-03-28T16:00:00.000Z',
    ]);
  });

  it('move on by what the clocks skip, that week only', () => {
    expect(starts('2027-03-21T01:30:00Z', 'Europe/Berlin', 3)).toEqual([
      '2027-03-21T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
      '2027-04-04T00:30:00.000Z',
    ]);
  });

  it('begin where they were begun, in an hour that comes twice as well', () => {
    expect(starts('2026-10-25T01:30:00Z', 'Europe/Berlin', 2)).toEqual([
      '2026-10-25T01:30:00.000Z',
      '2026-11-01T01:30:00.000Z',
    ]);
  });

  it('show the same on the clock seven days later, in every time zone, unless the clocks skip that time', () => {
    const minutes = fc.integer({ min: Date.UTC(2026, 0, 1) / 300_000, max: Date.UTC(2036, 0, 1) / 300_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (five, zone) => {
        const first = new Date(five * 300_000);
        const shown = clock(first, zone);
        for (const [week, start] of weeklyStarts(first, zone, 26).entries()) {
          const then = clock(start, zone);
          const day = new Date(Date.parse(shown.day) + week * WEEK_MS).toISOString().slice(0, 10);
          if (then.time === shown.time && then.day === day) continue;
          // Only a time that is not there may differ: no moment of that day shows it.
          const isThere = Array.from({ length: 37 }, (_, step) => new Date(start.getTime() + (step - 18) * 300_000))
            .map((moment) => clock(moment, zone))
            .some((moment) => moment.day === day && moment.time === shown.time);
          expect(isThere, `${zone} ${start.toISOString()}`).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});
