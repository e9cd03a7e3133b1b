import { expect, test } from 'vitest';
import { CLAIM_MS, confirmationStep, mayUploadBecome, uploadStatuses } from './upload.rules.js';

const now = new Date('2026-11-21T09:00:00Z');
const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);

test.each([
  ['REQUESTED', null, 'check'],
  ['PROCESSING', before(0), 'wait'],
  ['PROCESSING', before(CLAIM_MS - 1), 'wait'],
  ['PROCESSING', before(CLAIM_MS), 'take over'],
  ['CONFIRMED', null, 'done'],
  ['REFUSED', null, 'refused'],
] as const)('whoever confirms an upload that is %s since %s has to: %s', (status, claimedAt, step) => {
  expect(confirmationStep({ status, claimedAt }, now)).toBe(step);
});

test('an upload is decided once: only what is being checked is confirmed, and nothing is checked after that', () => {
  const before = (to: (typeof uploadStatuses)[number]) => uploadStatuses.filter((from) => mayUploadBecome(from, to));
  expect(before('CONFIRMED')).toEqual(['PROCESSING']);
  expect(before('PROCESSING')).toEqual(['REQUESTED']);
  expect(before('REQUESTED')).toEqual(['PROCESSING']);
});
