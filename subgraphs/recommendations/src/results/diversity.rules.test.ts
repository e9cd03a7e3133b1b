import { expect, test } from 'vitest';
import { TUTOR } from '../../test/usual-tutor.ts';
import { diversify } from './diversity.rules.js';
import { explore } from './exploration.rules.js';

const now = new Date('2026-11-22T12:00:00Z');
const KNOWN = { reviewCount: 30, applicationCount: 40 };

function ranking(count: number, traits: (place: number) => Partial<typeof TUTOR> = () => ({})) {
  return Array.from({ length: count }, (_, place) => ({
    tutorId: String(place),
    standing: count - place,
    steps: 0,
    explored: false,
    facts: { ...TUTOR, ...KNOWN, ...traits(place) },
  }));
}

function ids(tutors: readonly { tutorId: string }[]): number[] {
  return tutors.map(({ tutorId }) => Number(tutorId));
}

test('a ranking of tutors who are all alike stays as it is', () => {
  expect(ids(diversify(ranking(40)))).toEqual(Array.from({ length: 40 }, (_, place) => place));
});

test('one who is different from all above comes first where the others rank hardly better', () => {
  const set = ids(
    diversify(ranking(40, (place) => (place === 3 ? { rateMinor: 900, city: 'kazan', experienceYears: 12 } : {}))),
  );
  expect(set.slice(0, 4)).toEqual([0, 3, 1, 2]);
});

test('one who is different stays where they are when they rank much worse', () => {
  const set = ids(diversify(ranking(40, (place) => (place === 25 ? { rateMinor: 900, city: 'kazan' } : {}))));
  expect(set.indexOf(25)).toBeGreaterThan(15);
});

test('the best stays the best, nobody is lost, and nobody from beyond the first thirty comes to the top', () => {
  const set = ids(diversify(ranking(60, (place) => ({ rateMinor: 500 + 700 * (place % 7), city: `c${place % 3}` }))));
  expect(set[0]).toBe(0);
  expect([...set].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, place) => place));
  expect(Math.max(...set.slice(0, 10))).toBeLessThan(30);
  expect(set.slice(30)).toEqual(Array.from({ length: 30 }, (_, place) => place + 30));
});

test('rankings of none and of one are no exception', () => {
  expect([diversify(ranking(0)), ids(diversify(ranking(1)))]).toEqual([[], [0]]);
});

test('the fifth place goes to a newcomer or to one of whom little is known, and they are marked', () => {
  const tutors = ranking(30, (place) => (place === 20 ? { createdAt: new Date('2026-11-10T00:00:00Z') } : {}));
  const set = explore(tutors, 'order', now);
  expect([ids(set)[4], set[4]?.explored, ids(set)[5]]).toEqual([20, true, 4]);
  expect(set.filter(({ explored }) => explored)).toHaveLength(1);
});

test('nobody is put forward who does not fulfil what was asked, nor where all are known, nor in a short list', () => {
  const isNew = { createdAt: now };
  const relaxed = ranking(30, (place) => (place === 20 ? isNew : {})).map((one) => ({
    ...one,
    steps: Number(one.tutorId === '20'),
  }));
  expect(ids(explore(relaxed, 'order', now))).toEqual(ids(relaxed));
  expect(ids(explore(ranking(30), 'order', now))).toEqual(ids(ranking(30)));
  const short = ranking(9, (place) => (place === 8 ? isNew : {}));
  expect(ids(explore(short, 'order', now))).toEqual(ids(short));
});

test('nobody is put forward where one of the first five has come there as little known', () => {
  const tutors = ranking(30, (place) => (place === 2 || place === 20 ? { createdAt: now } : {}));
  expect(ids(explore(tutors, 'order', now))).toEqual(ids(tutors));
});
