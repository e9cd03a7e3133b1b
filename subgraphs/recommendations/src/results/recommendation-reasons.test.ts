import { expect, test } from 'vitest';
import { TUTOR, WISH } from '../../test/usual-tutor.ts';
import { featureRow, type TutorFacts } from '../ranking/features.js';
import { HAND_MADE } from '../ranking/ranking-model.js';
import type { Wish } from '../ranking/wish.js';
import { reasonsFor } from './recommendation-reasons.js';

const now = new Date('2026-11-22T12:00:00Z');
const subject = { medianRateMinor: 2_000, meanRating: 4.6 };

function reasonsOf(tutor: Partial<TutorFacts>, wish: Partial<Wish> = {}) {
  const view = { tutor: { ...TUTOR, ...tutor }, wish: { ...WISH, ...wish }, subject, now };
  return reasonsFor(HAND_MADE, featureRow(view.tutor, view.wish, subject, now), view);
}

test('the three strongest reasons are told, the strongest first', () => {
  const reasons = reasonsOf({
    lessonsTogether: 12,
    studentCount: 50,
    returningCount: 46,
    verified: true,
    rating: 5,
    reviewCount: 60,
  });
  expect(reasons).toEqual([
    { code: 'TAUGHT_YOU', value: 12 },
    { code: 'RATED_WELL', value: 5 },
    { code: 'STUDENTS_RETURN', value: 92 },
  ]);
});

test('what the model likes is no reason when it is not true', () => {
  // Nearly all of two students came back: the share is good, and says nothing yet.
  const codes = reasonsOf({ studentCount: 2, returningCount: 2 }).map(({ code }) => code);
  expect(codes).not.toContain('STUDENTS_RETURN');
});

test('what is true is no reason when it lowered the score', () => {
  const codes = reasonsOf({ recentLessons: 10, subjectLessons: 10, experienceYears: 3 }).map(({ code }) => code);
  expect(codes).not.toContain('TAUGHT_SUBJECT');
});

test('a rate in another currency is neither within the budget nor cheaper', () => {
  const codes = reasonsOf({ rateMinor: 10, currency: 'JPY' }, { budgetMinor: 2_000, currency: 'EUR' }).map(
    ({ code }) => code,
  );
  expect(codes).not.toContain('WITHIN_BUDGET');
  expect(codes).not.toContain('CHEAPER_THAN_USUAL');
});

test('a rate is so many percent below the budget, rounded to the tutor’s disadvantage', () => {
  const reasons = reasonsOf({ rateMinor: 1_501 }, { budgetMinor: 2_000, currency: 'EUR' });
  expect(reasons).toContainEqual({ code: 'CHEAPER_THAN_USUAL', value: 24 });
});
