import { describe, expect, it } from 'vitest';
import { type BusyTimes, freeSlots, judgeSlot, type SlotSchedule } from './slots.rules.js';
import { localTime } from './zone-clock.js';

const HOUR = 3_600_000;
const nobodyIsBusy: BusyTimes = { lessons: [], tutor: [], student: [], counted: [] };

function schedule(change: Partial<SlotSchedule>): SlotSchedule {
  return {
    timeZone: 'Europe/Berlin',
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 0,
    bookingWindowDays: 365,
    dailyLimit: null,
    weeklyLimit: null,
    slotStepMinutes: 60,
    rules: [],
    overrides: [],
    daysOff: [],
    ...change,
  };
}

/** The same window on every day of the week, in hours. */
function daily(from: number, to: number): SlotSchedule['rules'] {
  return Array.from({ length: 7 }, (_, index) => {
    return { weekday: index + 1, startsAtMinute: from * 60, endsAtMinute: to * 60 };
  });
}

/** What the tutor's clock shows at the beginning of each free slot. */
function startsFrom(from: string, hours: number, change: Partial<SlotSchedule>, busy = nobodyIsBusy, minutes = 60) {
  const [begin, whole] = [Date.parse(from), schedule(change)];
  const ask = { from: begin, until: begin + hours * HOUR, minutes, now: begin - 24 * HOUR };
  return freeSlots(whole, busy, ask).map(({ start }) => localTime(new Date(start), whole.timeZone).slice(11));
}

describe('slots', () => {
  it('keep to the clock before and after it goes forward, and leave out the hour that is left out', () => {
    expect(startsFrom('2027-03-27T23:00:00Z', 23, { rules: daily(1, 5) })).toEqual([
      ...['01:00:00+01:00', '03:00:00+02:00', '04:00:00+02:00'],
    ]);
    expect(startsFrom('2027-03-27T00:00:00Z', 48, { rules: daily(9, 10) })).toEqual([
      '09:00:00+01:00',
      '09:00:00+02:00',
    ]);
  });

  it('are there twice in the hour that comes twice', () => {
    expect(startsFrom('2027-10-30T22:00:00Z', 25, { rules: daily(2, 4) })).toEqual([
      ...['02:00:00+02:00', '02:00:00+01:00', '03:00:00+01:00'],
    ]);
  });

  it('reach over midnight where windows touch there, and do not elsewhere', () => {
    const late = [{ weekday: 1, startsAtMinute: 22 * 60, endsAtMinute: 1440 }];
    const early = { weekday: 2, startsAtMinute: 0, endsAtMinute: 60 };
    const ask = ['2027-01-11T12:00:00Z', 12] as const;
    expect(startsFrom(...ask, { rules: [...late, early] }, nobodyIsBusy, 90)).toEqual([
      '22:00:00+01:00',
      '23:00:00+01:00',
    ]);
    expect(startsFrom(...ask, { rules: late }, nobodyIsBusy, 90)).toEqual(['22:00:00+01:00']);
  });

  it('follow a window that a change pushes over midnight', () => {
    const rules = [{ weekday: 5, startsAtMinute: 23 * 60 + 30, endsAtMinute: 23 * 60 + 55 }];
    // Clocks went from 23:30 on 4 May 2018 to midnight.
    const pushed = { timeZone: 'Asia/Pyongyang', rules, slotStepMinutes: 5 };
    expect(startsFrom('2018-05-04T15:00:00Z', 24, pushed, nobodyIsBusy, 20)).toEqual([
      '00:00:00+09:00',
      '00:05:00+09:00',
    ]);
  });

  it('lie as far from lessons as both buffers, from other things as their own, and from the student only beside', () => {
    const around = { bufferBeforeMinutes: 10, bufferAfterMinutes: 20, slotStepMinutes: 10, rules: daily(9, 13) };
    const noon = { start: Date.parse('2027-01-11T10:00:00Z'), end: Date.parse('2027-01-11T10:30:00Z') };
    const free = (who: 'lessons' | 'tutor' | 'student') =>
      startsFrom('2027-01-11T08:00:00Z', 4, around, { ...nobodyIsBusy, [who]: [noon] }, 30).map((time) =>
        time.slice(0, 5),
      );
    expect(free('lessons').filter((time) => time > '09:40')).toEqual([
      ...['09:50', '10:00', '12:00', '12:10', '12:20', '12:30'],
    ]);
    expect(free('tutor').filter((time) => time > '10:00')).toEqual([
      '10:10',
      '11:40',
      '11:50',
      '12:00',
      '12:10',
      '12:20',
      '12:30',
    ]);
    expect(free('student').filter((time) => time > '10:00' && time < '12:00')).toEqual([
      '10:10',
      '10:20',
      '10:30',
      '11:30',
      '11:40',
      '11:50',
    ]);
  });
});

describe('a day that can be booked', () => {
  it('is the last one until its midnight by the tutor', () => {
    const now = Date.parse('2027-01-11T22:30:00Z');
    const whole = schedule({ bookingWindowDays: 1, rules: daily(0, 24), slotStepMinutes: 30 });
    const verdict = (time: string) =>
      judgeSlot(whole, nobodyIsBusy, { start: Date.parse(time), end: Date.parse(time) + HOUR }, now);
    expect(verdict('2027-01-11T22:30:00Z')).toBe('FREE');
    expect(verdict('2027-01-11T22:00:00Z')).toBe('TOO_SOON');
    expect(verdict('2027-01-12T22:30:00Z')).toBe('FREE');
    expect(verdict('2027-01-12T23:00:00Z')).toBe('TOO_FAR');
    expect(verdict('2027-01-12T12:10:00Z')).toBe('OUTSIDE_AVAILABILITY');
  });
});
