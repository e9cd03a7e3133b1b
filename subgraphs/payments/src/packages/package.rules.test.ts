import { describe, expect, it } from 'vitest';
import {
  isInUse,
  lessonsLeft,
  mayPackageBecome,
  type PackageState,
  packageStatuses,
  paysFor,
} from './package.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const lesson = { studentId: 's', tutorId: 't', subjectId: 'u', currency: 'EUR', durationMinutes: 60 };
const bought: PackageState = {
  ...lesson,
  status: 'ACTIVE',
  lessons: 5,
  usedLessons: 3,
  refundedLessons: 1,
  validUntil: new Date(now.getTime() + 1),
};

describe('a package pays', () => {
  it('for the lessons that it is of, while some are left', () => {
    expect(lessonsLeft(bought)).toBe(1);
    expect(paysFor(bought, lesson, now)).toBe(true);
    expect(paysFor({ ...bought, usedLessons: 4 }, lesson, now)).toBe(false);
  });

  it.each([
    ['student', { studentId: 'x' }],
    ['tutor', { tutorId: 'x' }],
    ['subject', { subjectId: 'x' }],
    ['currency', { currency: 'USD' }],
    ['length', { durationMinutes: 90 }],
    ['length, for it has none yet,', { durationMinutes: null }],
  ])('for no lesson of another %s', (_what, change) => {
    expect(paysFor(bought, { ...lesson, ...change }, now)).toBe(false);
  });

  it('until its last moment, and only once it is paid', () => {
    expect(isInUse(bought, new Date(now.getTime() + 1))).toBe(false);
    expect(isInUse({ ...bought, validUntil: null }, now)).toBe(false);
    const inUse = packageStatuses.filter((status) => isInUse({ ...bought, status }, now));
    expect(inUse).toEqual(['ACTIVE', 'USED']);
  });
});

it('a package that is over stays so', () => {
  const final = packageStatuses.filter((from) => !packageStatuses.some((to) => mayPackageBecome(from, to)));
  expect(final).toEqual(['EXPIRED', 'CANCELLED']);
});
