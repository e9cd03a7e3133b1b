import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate, localTime, weekdayOf, weekOf, zoneClock } from './zone-clock.js';

/** The moment of a time on a date by the clock of a zone. */
function moment(timeZone: string, date: string, minute: number): string {
  return new Date(zoneClock(timeZone).momentOf(dayOfDate(date), minute)).toISOString();
}

describe('a time by the clock of a zone', () => {
  it.each([
    ['in winter', 'Europe/Berlin', '2027-01-11', 540, '2027-01-11T08:00:00.000Z'],
    ['in summer', 'Europe/Berlin', '2027-07-12', 540, '2027-07-12T07:00:00.000Z'],
    ['that is left out', 'Europe/Berlin', '2027-03-28', 150, '2027-03-28T01:30:00.000Z'],
    ['that comes twice', 'Europe/Berlin', '2027-10-31', 150, '2027-10-31T00:30:00.000Z'],
    ['at the moment of the change', 'Europe/Berlin', '2027-03-28', 180, '2027-03-28T01:00:00.000Z'],
    ['at a midnight that is left out', 'Africa/Cairo', '2027-04-30', 0, '2027-04-29T22:00:00.000Z'],
    ['at 24:00', 'Asia/Kathmandu', '2027-01-11', 1_440, '2027-01-11T18:15:00.000Z'],
    ['where half an hour is left out', 'Australia/Lord_Howe', '2027-10-03', 135, '2027-10-02T15:45:00.000Z'],
    ['before clocks were set', 'America/New_York', '1800-01-01', 0, '1800-01-01T04:56:02.000Z'],
  ])('%s is one moment', (_when, timeZone, date, minute, expected) => {
    expect(moment(timeZone, date, minute)).toBe(expected);
  });

  it('is shown with its offset, which tells two equal ones apart', () => {
    expect(localTime(new Date('2027-10-31T00:30:00Z'), 'Europe/Berlin')).toBe('2027-10-31T02:30:00+02:00');
    expect(localTime(new Date('2027-10-31T01:30:00Z'), 'Europe/Berlin')).toBe('2027-10-31T02:30:00+01:00');
    expect(localTime(new Date('2027-01-11T02:15:00Z'), 'America/St_Johns')).toBe('2027-01-10T22:45:00-03:30');
    expect(localTime(new Date('2027-01-11T02:15:00Z'), '+05:45')).toBe('2027-01-11T08:00:00+05:45');
  });
});

describe('a day', () => {
  it('that a zone leaves out is not there', () => {
    const apia = zoneClock('Pacific/Apia');
    const isThere = ['2011-12-29', '2011-12-30', '2011-12-31'].map((date) => apia.hasDay(dayOfDate(date)));
    expect(isThere).toEqual([true, false, true]);
    expect(zoneClock('Pacific/Pago_Pago').hasDay(dayOfDate('2011-12-30'))).toBe(true);
  });

  it('has a date, a weekday and a week that begins on Monday', () => {
    const monday = dayOfDate('2027-01-11');
    expect(dateOfDay(monday)).toBe('2027-01-11');
    expect([monday, monday + 5, monday + 6].map(weekdayOf)).toEqual([1, 6, 7]);
    expect([-1, 0, 6, 7].map((days) => weekOf(monday + days) - weekOf(monday))).toEqual([-1, 0, 0, 1]);
    expect(weekdayOf(dayOfDate('1969-12-31'))).toBe(3);
  });
});

describe('a time zone', () => {
  it('is known whatever the case of its name, and refused when there is none', () => {
    expect(zoneClock('europe/KYIV').timeZone).toBe('Europe/Kyiv');
    expect(() => zoneClock('Europe/Nowhere')).toThrow(RangeError);
  });
});
