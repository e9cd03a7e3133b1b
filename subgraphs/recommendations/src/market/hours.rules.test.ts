import { describe, expect, test } from 'vitest';
import { hoursOfSchedule, hoursOfText } from './hours.rules.js';

const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const WINTER = new Date('2026-01-15T12:00:00Z');
const SUMMER = new Date('2026-07-15T12:00:00Z');

/** `Mo-Fr 18-22`: days with the same hours together. */
function shown(bits: string | null): string | null {
  if (bits === null) return null;
  expect(bits).toMatch(/^[01]{168}$/);
  const days = NAMES.map((_, day) => spansOf(bits.slice(day * 24, day * 24 + 24)));
  const parts: string[] = [];
  for (const spans of new Set(days.filter((found) => found !== ''))) {
    const those = NAMES.filter((_, day) => days[day] === spans);
    parts.push(`${those.length === 7 ? 'daily' : those.join(' ')} ${spans}`);
  }
  return parts.join('; ');
}

function spansOf(day: string): string {
  return [...day.matchAll(/1+/g)].map(({ index, 0: run }) => `${index}-${index + run.length}`).join(',');
}

const utc = (text: string): string | null => shown(hoursOfText(text, 'UTC', WINTER));

describe('what students of the demo write', () => {
  test.each([
    ['По будням после 18:00', 'Mo Tu We Th Fr 18-22'],
    ['Суббота или воскресенье, первая половина дня', 'Sa Su 8-13'],
    ['Утром, до десяти', 'daily 7-10'],
    ['Вторник и четверг вечером', 'Tu Th 17-22'],
    ['Гибко, главное — регулярно', null],
    ['Будни после 20:00, выходные в любое время', 'Mo Tu We Th Fr 20-22; Sa Su 8-22'],
    ['После 16:00, когда заканчивается школа', 'daily 16-22'],
    ['Суббота до обеда', 'Sa 8-13'],
    ['Понедельник и среда, с 17:00 до 19:00', 'Mo We 17-19'],
    ['Любой будний вечер до 20:00', 'Mo Tu We Th Fr 17-20'],
    ['Два раза в неделю, дни обсудим', null],
    ['Weekday evenings after six', 'Mo Tu We Th Fr 18-22'],
    ['Saturday or Sunday, before noon', 'Sa Su 8-12'],
    ['Early mornings before nine', 'daily 6-9'],
    ['Tuesday and Thursday evenings', 'Tu Th 17-22'],
    ['Flexible, as long as it is every week', null],
    ['After four in the afternoon, once school is over', 'daily 16-22'],
    ['Saturday mornings', 'Sa 7-12'],
    ['Monday and Wednesday between five and seven', 'Mo We 17-19'],
    ['Any weekday before eight in the evening', 'Mo Tu We Th Fr 8-20'],
  ])('%s', (text, hours) => {
    expect(utc(text)).toBe(hours);
  });
});

describe('other ways to say it', () => {
  test.each([
    ['будни после 18', 'Mo Tu We Th Fr 18-22'],
    ['после 18 по будням', 'Mo Tu We Th Fr 18-22'],
    ['по выходным утром', 'Sa Su 7-12'],
    ['weekday evenings', 'Mo Tu We Th Fr 17-22'],
    ['Sat 10-14', 'Sa 10-14'],
    ['вт и чт 17:00–20:00', 'Tu Th 17-20'],
    ['any time', null],
    ['пн-пт с 9 до 6', 'Mo Tu We Th Fr 9-18'],
    ['с понедельника по четверг после 7 вечера', 'Mo Tu We Th 19-22'],
    ['Fri to Mon, 10am - 1pm', 'Mo Fr Sa Su 10-13'],
    ['5-7pm on Mondays', 'Mo 17-19'],
    ['from 9am to 5 p.m. every day', 'daily 9-17'],
    ['понедельник, среда, пятница в 18:30', 'Mo We Fr 18-20'],
    ['evenings and weekends', 'Mo Tu We Th Fr 17-22; Sa Su 8-22'],
    ['вечером в будни, утром в субботу', 'Mo Tu We Th Fr 17-22; Sa 7-12'],
    ['evenings on weekdays and Saturday mornings', 'Mo Tu We Th Fr 17-22; Sa 7-12'],
    ['выходные, будни после 19', 'Mo Tu We Th Fr 19-22; Sa Su 8-22'],
    ['любой день, кроме пятницы, не раньше 15', 'Mo Tu We Th Sa Su 15-22'],
    ['weekdays except Wednesday, after 6pm', 'Mo Tu Th Fr 18-22'],
    ['по пятницам не могу', 'Mo Tu We Th Sa Su 8-22'],
    ['только не утром', 'daily 12-22'],
    ['2-3 раза в неделю по 60 минут, вечером после восьми', 'daily 20-22'],
    ['3 дня в неделю', null],
    ['в 3 часа дня по средам', 'We 15-16'],
    ['после работы', 'daily 18-22'],
    ['сб в обед', 'Sa 12-14'],
    ['07:00-09:00 пн', 'Mo 7-9'],
    ['сын в среднем 7 классе', null],
    ['поздно вечером', 'daily 20-24'],
    ['не важно когда', null],
    ['weeknights after 7', 'Mo Tu We Th Fr 19-22'],
    ['after 5 pm on weekdays or anytime on weekends', 'Mo Tu We Th Fr 17-22; Sa Su 8-22'],
    ['в любое время кроме понедельника', 'Tu We Th Fr Sa Su 8-22'],
    ['any day but Sunday', 'Mo Tu We Th Fr Sa 8-22'],
    ['по вечерам и в выходные', 'Mo Tu We Th Fr 17-22; Sa Su 8-22'],
    ['у ребёнка школа до 14, потом свободны', 'daily 14-22'],
    ['weekday afternoons 3:30-5:30', 'Mo Tu We Th Fr 15-18'],
    ['с 8 до 10 вечера', 'daily 20-22'],
    ['с 8 до 6 вечера', 'daily 8-18'],
    ['Пн-Пт 9-12, 14-18', 'Mo Tu We Th Fr 9-12,14-18'],
    ['пятница вечер, суббота весь день', 'Fr 17-22; Sa 8-22'],
    ['2 раза в неделю, вт/чт, 17.30', 'Tu Th 17-19'],
    ['вечерами, после 19-ти', 'daily 19-22'],
    ['', null],
    ['🙂 !!! ---', null],
  ])('%s', (text, hours) => {
    expect(utc(text)).toBe(hours);
  });

  test('no text is too long or too odd to be read', () => {
    expect(utc('после 99:99, до 25, с - до -; '.repeat(16))).toBeNull();
    expect(utc('после 18 '.repeat(10_000))).toBe('daily 18-22');
    expect(utc(`${'пн-'.repeat(5000)}`)).not.toBeUndefined();
  });
});

describe('clocks', () => {
  test('hours are told in UTC, across midnight and across the end of the week', () => {
    expect(shown(hoursOfText('Mon 01:00-04:00', 'Europe/Moscow', WINTER))).toBe('Mo 0-1; Su 22-24');
    expect(shown(hoursOfText('Sunday 18:00-22:00', 'America/New_York', WINTER))).toBe('Mo 0-3; Su 23-24');
  });

  test('without a known zone the usual one of the language counts', () => {
    expect(shown(hoursOfText('пн 12:00-14:00', null, SUMMER))).toBe('Mo 9-11');
    expect(shown(hoursOfText('Mon 12:00-14:00', null, SUMMER))).toBe('Mo 11-13');
    expect(shown(hoursOfText('Mon 12:00-14:00', null, WINTER))).toBe('Mo 12-14');
  });

  test('a schedule moves with the clocks of its zone, and half hours count', () => {
    const windows = [{ weekday: 1, startsAtMinute: 16 * 60 + 30, endsAtMinute: 21 * 60 }];
    expect(shown(hoursOfSchedule(windows, 'Europe/Berlin', WINTER))).toBe('Mo 15-20');
    expect(shown(hoursOfSchedule(windows, 'Europe/Berlin', SUMMER))).toBe('Mo 14-19');
    expect(shown(hoursOfSchedule(windows, 'Asia/Kolkata', SUMMER))).toBe('Mo 11-16');
  });

  test('without windows nothing is known, and an unknown zone counts as UTC', () => {
    expect(hoursOfSchedule([], 'Europe/Berlin', WINTER)).toBeNull();
    const windows = [{ weekday: 7, startsAtMinute: 0, endsAtMinute: 1440 }];
    expect(shown(hoursOfSchedule(windows, 'Mars/Olympus', WINTER))).toBe('Su 0-24');
  });
});
