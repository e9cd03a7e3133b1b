import { describe, expect, test } from 'vitest';
import { isRelevant, type Profile, precisionAt5 } from './judge.rules.ts';
import { type JudgedOrder, judgedOrders } from './judged-orders.ts';

const NOW = new Date('2026-11-21T00:00:00Z');

const order: JudgedOrder = {
  name: 'ru-physics-1',
  language: 'ru',
  traits: [],
  subject: 'physics',
  level: 'EXAM',
  format: 'ONLINE',
  budget: { amountMinor: 200_000, currency: 'RUB' },
  text: 'Физика, ЕГЭ',
  says: ['егэ', 'экзамен'],
};

const profile: Profile = {
  id: 'tutor',
  hidden: false,
  text: 'ЕГЭ по физике: от законов Ньютона до задачи 26',
  languages: ['ru'],
  formats: ['ONLINE'],
  city: null,
  currency: 'RUB',
  reviewCount: 0,
  ratingSum: 0,
  timeZone: 'Asia/Novosibirsk',
  hours: [{ weekday: 1, fromMinute: 16 * 60, toMinute: 21 * 60 }],
  offerings: [{ subject: 'physics', levels: ['EXAM'], rateMinor: 180_000 }],
};

describe('a tutor is relevant to an order', () => {
  test('who offers what it asks for', () => {
    expect(isRelevant(order, profile, NOW)).toBe(true);
  });

  test.each<[string, Partial<Profile>]>([
    ['is hidden', { hidden: true }],
    ['teaches another subject', { offerings: [{ subject: 'chemistry', levels: ['EXAM'], rateMinor: 180_000 }] }],
    ['teaches another level', { offerings: [{ subject: 'physics', levels: ['ADULT'], rateMinor: 180_000 }] }],
    ['speaks another language', { languages: ['en'] }],
    ['teaches in person only', { formats: ['IN_PERSON'], city: 'Москва' }],
    ['is too dear', { offerings: [{ subject: 'physics', levels: ['EXAM'], rateMinor: 230_000 }] }],
    ['is too dear in another currency', { currency: 'EUR', offerings: [{ ...offering(), rateMinor: 3_000 }] }],
    ['has bad reviews', { reviewCount: 4, ratingSum: 14 }],
    ['speaks of something else', { text: 'Физика для вуза' }],
  ])('but not one who %s', (_, other) => {
    expect(isRelevant(order, { ...profile, ...other }, NOW)).toBe(false);
  });

  test('if two hours a week suit both, by the clocks of both', () => {
    const windows = [{ days: [1], from: 12, to: 15 }];
    // From 16:00 in Novosibirsk it is from 12:00 in Moscow.
    expect(isRelevant({ ...order, windows, timeZone: 'Europe/Moscow' }, profile, NOW)).toBe(true);
    expect(isRelevant({ ...order, windows, timeZone: 'Asia/Novosibirsk' }, profile, NOW)).toBe(false);
  });

  test('in person if the city is the same, in either language', () => {
    const inPerson: JudgedOrder = { ...order, format: 'IN_PERSON', city: 'Москва' };
    const there: Profile = { ...profile, formats: ['IN_PERSON'], city: 'Moscow' };
    expect(isRelevant(inPerson, there, NOW)).toBe(true);
    expect(isRelevant(inPerson, { ...there, city: 'Казань' }, NOW)).toBe(false);
  });
});

describe('precision at five', () => {
  test('is the share of relevant tutors among the first five', () => {
    expect(precisionAt5(['a', 'b', 'c', 'd', 'e', 'f'], new Set(['a', 'c', 'f', 'g', 'h']))).toBe(0.4);
  });

  test('is of as many places as could be filled', () => {
    expect(precisionAt5(['a', 'b', 'c'], new Set(['b']))).toBe(1);
    expect(precisionAt5(['a', 'b', 'c'], new Set())).toBeNull();
  });
});

describe('the judged set', () => {
  test('has 150 orders in Russian and English, many with typos, slang or two languages', async () => {
    const orders = await judgedOrders();
    expect(orders).toHaveLength(150);
    expect(new Set(orders.map(({ name }) => name)).size).toBe(150);
    expect(new Set(orders.map(({ text }) => text)).size).toBe(150);
    const count = (fits: (order: JudgedOrder) => boolean) => orders.filter(fits).length;
    expect(count(({ language }) => language === 'en')).toBeGreaterThan(50);
    for (const trait of ['typo', 'slang', 'mixed'] as const) {
      expect(count(({ traits }) => traits.includes(trait))).toBeGreaterThan(12);
    }
  });

  test('says when lessons could be in words and in hours', async () => {
    const orders = await judgedOrders();
    const incomplete = orders.filter(({ times, windows, timeZone, format, city }) => {
      return (
        new Set([times, windows, timeZone].map((value) => value === undefined)).size > 1 ||
        (format === 'IN_PERSON') !== (city !== undefined)
      );
    });
    expect(incomplete).toEqual([]);
  });
});

function offering() {
  return { subject: 'physics', levels: ['EXAM'], rateMinor: 180_000 };
}
