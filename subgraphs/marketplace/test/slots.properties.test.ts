import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BusyTimes,
  type DayWindow,
  freeSlots,
  judgeSlot,
  type SlotSchedule,
  type Span,
} from '../src/schedules/slots.rules.js';
import { dateOfDay } from '../src/schedules/zone-clock.js';
import { slotsByBruteForce, WallClock } from './slots.oracle.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = Intl.supportedValuesOf('timeZone');

// The same situations in every run: who changes the rules is to meet a counterexample, not who runs the tests next. To
// look for more, change the seed and raise numRuns.
fc.configureGlobal({ seed: 20261121 });

/** Moments, to the hour, after which clocks in a zone change within a year; the year's middle where they never do. */
function changesOf(timeZone: string, year: number): number[] {
  const begin = Date.UTC(year, 0, 1);
  const offset = (moment: number): number => {
    const clock = new WallClock(timeZone, moment, moment + HOUR);
    return clock.wall(moment) - moment;
  };
  const changes: number[] = [];
  for (let day = begin; day < begin + 365 * DAY; day += DAY) {
    if (offset(day) === offset(day + DAY)) continue;
    let hour = day;
    while (offset(hour + HOUR) === offset(day)) hour += HOUR;
    changes.push(hour);
  }
  return changes.length > 0 ? changes : [begin + 182 * DAY];
}

const five = (least: number, most: number) => fc.integer({ min: least / 5, max: most / 5 }).map((count) => count * 5);

/** Windows of one day, in order and apart; many are near the time of a change, some touch, and some are the whole day. */
function dayWindows(changeMinute: number): fc.Arbitrary<DayWindow[]> {
  const near = five(-120, 120).map((minutes) => Math.min(Math.max(0, changeMinute + minutes), 1440));
  const bounds = fc.uniqueArray(fc.oneof(five(0, 1440), near), { minLength: 0, maxLength: 8 });
  return fc.tuple(bounds, fc.nat(3), fc.boolean()).map(([minutes, kind, touching]) => {
    const whole = kind === 0;
    if (whole) return [{ startsAtMinute: 0, endsAtMinute: 1440 }];
    const bounds = minutes.sort((one, other) => one - other);
    const windows: DayWindow[] = [];
    for (let index = 0; index + 1 < bounds.length; index += touching ? 1 : 2) {
      windows.push({ startsAtMinute: bounds[index] ?? 0, endsAtMinute: bounds[index + 1] ?? 0 });
    }
    return windows;
  });
}

/** Spans around a moment. */
function spans(around: number, maxLength: number): fc.Arbitrary<Span[]> {
  const one = fc.record({ start: five(-2 * 1440, 3 * 1440), minutes: five(5, 600) });
  return fc.array(
    one.map(({ start, minutes }) => ({ start: around + start * MINUTE, end: around + (start + minutes) * MINUTE })),
    { maxLength },
  );
}

interface Situation {
  schedule: SlotSchedule;
  busy: BusyTimes;
  ask: { from: number; until: number; minutes: number; now: number };
}

function situation(timeZone: string, change: number): fc.Arbitrary<Situation> {
  const day = Math.floor(change / DAY);
  const clock = new WallClock(timeZone, change, change + HOUR);
  const windows = dayWindows(Math.round((((clock.wall(change) % DAY) / MINUTE) % 1440) / 5) * 5);
  const date = fc.integer({ min: -2, max: 3 }).map((days) => dateOfDay(day + days));
  const schedule: fc.Arbitrary<SlotSchedule> = fc.record({
    timeZone: fc.constant(timeZone),
    bufferBeforeMinutes: five(0, 60),
    bufferAfterMinutes: five(0, 60),
    minimumNoticeMinutes: fc.constantFrom(0, 0, 60, 720),
    bookingWindowDays: fc.constantFrom(1, 2, 3, 365),
    dailyLimit: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
    weeklyLimit: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 2 }),
    slotStepMinutes: fc.constantFrom(5, 10, 15, 30, 60),
    rules: fc
      .array(windows, { minLength: 7, maxLength: 7 })
      .map((week) => week.flatMap((ofDay, index) => ofDay.map((window) => ({ weekday: index + 1, ...window })))),
    overrides: fc.uniqueArray(fc.record({ date, windows }), { maxLength: 2, selector: (one) => one.date }),
    daysOff: fc.array(
      date.map((only) => ({ fromDate: only, toDate: only })),
      { maxLength: 1 },
    ),
  });
  const busy = fc
    .record({ lessons: spans(change, 4), tutor: spans(change, 2), student: spans(change, 2), past: spans(change, 2) })
    .map(({ past, ...times }) => ({ ...times, counted: [...times.lessons, ...past].map(({ start }) => start) }));
  const ask = fc
    .record({
      begin: five(-1440, 720),
      length: five(60, 2 * 1440),
      minutes: five(15, 120),
      ahead: five(-720, 2 * 1440),
    })
    .map(({ begin, length, minutes, ahead }) => {
      const from = change + begin * MINUTE;
      return { from, until: from + Math.ceil(length / 60) * HOUR, minutes, now: from - ahead * MINUTE + 17_000 };
    })
    .map((times) => ({
      ...times,
      from: Math.floor(times.from / HOUR) * HOUR,
      until: Math.floor(times.until / HOUR) * HOUR,
    }));
  return fc.record({ schedule, busy, ask });
}

function expectSlotsAsByBruteForce({ schedule, busy, ask }: Situation): void {
  const slots = freeSlots(schedule, busy, ask);
  expect(slots.map(({ start }) => start)).toEqual(slotsByBruteForce(schedule, busy, ask));
  expect(slots.every(({ start, end }) => end - start === ask.minutes * MINUTE)).toBe(true);
}

describe('free slots are those that brute force finds', () => {
  it(`around every clock change of a year in each of ${ZONES.length} time zones`, { timeout: 240_000 }, () => {
    for (const timeZone of ZONES) {
      for (const change of changesOf(timeZone, 2026)) {
        fc.assert(fc.property(situation(timeZone, change), expectSlotsAsByBruteForce), { numRuns: 3 });
      }
    }
  });

  it.each([
    ['Australia/Lord_Howe', 'moves its clocks by half an hour', Date.UTC(2026, 9, 3, 15)],
    ['Australia/Lord_Howe', 'moves them back by half an hour', Date.UTC(2026, 3, 4, 15)],
    ['Asia/Kathmandu', 'is 5:45 ahead', Date.UTC(2026, 4, 1)],
    ['Pacific/Apia', 'left 30 December 2011 out', Date.UTC(2011, 11, 30, 10)],
    ['Pacific/Kwajalein', 'left 21 August 1993 out', Date.UTC(1993, 7, 21, 12)],
    ['Africa/Cairo', 'changes at midnight', Date.UTC(2026, 3, 23, 22)],
    ['America/Santiago', 'changes at midnight', Date.UTC(2026, 8, 6, 4)],
    ['America/St_Johns', 'changed at one minute past midnight', Date.UTC(2010, 2, 14, 3)],
    ['America/St_Johns', 'went back to the day before then', Date.UTC(2010, 10, 7, 2)],
    ['Africa/Casablanca', 'goes back for Ramadan', Date.UTC(2026, 1, 15, 2)],
    ['Asia/Pyongyang', 'went ahead by half an hour shortly before midnight', Date.UTC(2018, 4, 4, 15)],
    ['America/Caracas', 'went ahead by half an hour', Date.UTC(2016, 4, 1, 7)],
    ['Antarctica/Troll', 'changes by two hours', Date.UTC(2026, 2, 29, 1)],
  ])('in %s, which %s', { timeout: 60_000 }, (timeZone, _why, change) => {
    fc.assert(fc.property(situation(timeZone, change), expectSlotsAsByBruteForce), { numRuns: 100 });
  });
});

describe('a time is judged FREE', () => {
  it('if and only if it is among the free slots', { timeout: 60_000 }, () => {
    const anywhere = fc
      .constantFrom(...ZONES)
      .chain((timeZone) =>
        fc.constantFrom(...changesOf(timeZone, 2027)).chain((change) => situation(timeZone, change)),
      );
    fc.assert(
      fc.property(anywhere, fc.infiniteStream(fc.nat()), ({ schedule, busy, ask }, numbers) => {
        const starts = new Set(freeSlots(schedule, busy, ask).map(({ start }) => start));
        const some = [...starts].slice(0, 20);
        const others = [...numbers.take(20)].map((number) => ask.from + ((number * 5) % 2_880) * MINUTE);
        for (const start of [...some, ...others].filter((at) => at >= ask.from && at < ask.until)) {
          const verdict = judgeSlot(schedule, busy, { start, end: start + ask.minutes * MINUTE }, ask.now);
          expect(verdict === 'FREE').toBe(starts.has(start));
        }
      }),
      { numRuns: 60 },
    );
  });
});
