import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextMorning, type QuietSpan, quietUntil } from './quiet-hours.rules.js';

const MINUTE_MS = 60_000;
const night = { startsAt: '22:00', endsAt: '07:30' };

/** Zones whose clocks change in spring and autumn by an hour or half of one, at midnight, or never. */
const zones = ['Europe/Riga', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kathmandu', 'UTC'];
/** Around the changes of the clock of 2026 in these zones, and in between. */
const days = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-07-10'];

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

function shown(moment: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString()
    .slice(0, 5);
}

function isQuiet(time: string, { startsAt, endsAt }: QuietSpan): boolean {
  return startsAt < endsAt ? startsAt <= time && time < endsAt : startsAt <= time || time < endsAt;
}

/** What the clock shows, looked at minute by minute. */
function bySteps(now: number, quiet: QuietSpan, timeZone: string): number {
  let moment = now;
  while (isQuiet(shown(moment, timeZone), quiet)) moment += MINUTE_MS;
  return moment;
}

describe('quiet hours', () => {
  it.each([
    ['2026-11-20T19:59:00Z', '2026-11-20T19:59:00Z', 'before they begin'],
    ['2026-11-20T20:00:00Z', '2026-11-21T05:30:00Z', 'from their first minute, over midnight'],
    ['2026-11-21T05:29:59Z', '2026-11-21T05:30:00Z', 'to their last second'],
    ['2026-11-21T05:30:00Z', '2026-11-21T05:30:00Z', 'when they have ended'],
  ])('at %s let somebody in Riga be disturbed at %s: %s', (now, then) => {
    expect(quietUntil(new Date(now), night, 'Europe/Riga')).toEqual(new Date(then));
  });

  it('end where the clock says so, whatever it does meanwhile', () => {
    const situation = fc.record({
      timeZone: fc.constantFrom(...zones),
      day: fc.constantFrom(...days),
      minute: fc.integer({ min: -12 * 60, max: 36 * 60 }),
      startsAt: clock,
      endsAt: clock,
    });
    fc.assert(
      fc.property(situation, ({ timeZone, day, minute, startsAt, endsAt }) => {
        fc.pre(startsAt !== endsAt);
        const now = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
        const until = quietUntil(new Date(now), { startsAt, endsAt }, timeZone);
        expect(until).toEqual(new Date(bySteps(now, { startsAt, endsAt }, timeZone)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('the next morning', () => {
  it.each([
    ['2026-11-20T05:59:00Z', 'Europe/Riga', '2026-11-20T06:00:00Z', 'of the same day'],
    ['2026-11-20T06:00:00Z', 'Europe/Riga', '2026-11-21T06:00:00Z', 'of the next day'],
    ['2026-03-28T20:00:00Z', 'Europe/Riga', '2026-03-29T05:00:00Z', 'after the clock was put forward'],
    ['2026-10-24T20:00:00Z', 'Europe/Riga', '2026-10-25T06:00:00Z', 'after the clock was put back'],
    ['2026-11-20T12:00:00Z', 'Asia/Kathmandu', '2026-11-21T02:15:00Z', 'where the zone has quarters of an hour'],
  ])('after %s in %s is at %s: %s', (now, timeZone, morning) => {
    expect(nextMorning(new Date(now), timeZone)).toEqual(new Date(morning));
  });
});
