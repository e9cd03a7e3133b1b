import { expect, test } from 'vitest';
import { type InCommon, similarityScore } from './similarity.rules.js';

const alike: InCommon = {
  tutorId: 'other',
  similarity: 0.8,
  students: 2,
  subjects: 1,
  levels: 1,
  priceGap: 0.1,
  rating: 4.8,
};

test.each<[string, Partial<InCommon>]>([
  ['the nearer the profiles are', { similarity: 0.3 }],
  ['the more students they share', { students: 0 }],
  ['the more subjects they share', { subjects: 0.5 }],
  ['the more levels they share', { levels: 0.2 }],
  ['the nearer the rates are', { priceGap: 0.7 }],
  ['the better the other is rated', { rating: 4 }],
])('tutors are the more similar, %s', (_, other) => {
  expect(similarityScore(alike)).toBeGreaterThan(similarityScore({ ...alike, ...other }));
});

test('similarity is 0 to 1, also where little is known', () => {
  const all = { tutorId: 'x', similarity: 1, students: 1e6, subjects: 1, levels: 1, priceGap: 0, rating: 5 };
  expect(similarityScore(all)).toBeCloseTo(1, 4);
  const none = { tutorId: 'x', similarity: -1, students: 0, subjects: 0, levels: 0, priceGap: 9, rating: 1 };
  expect(similarityScore(none)).toBe(0);
  expect(similarityScore({ ...none, similarity: null, priceGap: null })).toBeGreaterThan(0);
});
