import { describe, expect, it } from 'vitest';
import { firstRules } from '../policies/policy.rules.js';
import { type BookingSide, bookingStatuses } from './booking.rules.js';
import { judgeMove, type MoveVerdict } from './booking-move.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

// Free until 12 hours before, once more until 2 hours before.
const table: [string, number, Record<BookingSide, MoveVerdict>][] = [
  ['days before', 5 * 24 * 60, { STUDENT: 'FREE', TUTOR: 'FREE', STAFF: 'FREE' }],
  ['12 hours before', 12 * 60, { STUDENT: 'FREE', TUTOR: 'FREE', STAFF: 'FREE' }],
  ['less than 12 hours before', 12 * 60 - 1, { STUDENT: 'LATE', TUTOR: 'MOVE_TOO_LATE', STAFF: 'FREE' }],
  ['2 hours before', 2 * 60, { STUDENT: 'LATE', TUTOR: 'MOVE_TOO_LATE', STAFF: 'FREE' }],
  ['less than 2 hours before', 2 * 60 - 1, { STUDENT: 'MOVE_TOO_LATE', TUTOR: 'MOVE_TOO_LATE', STAFF: 'FREE' }],
  ['when it begins', 0, { STUDENT: 'MOVE_TOO_LATE', TUTOR: 'MOVE_TOO_LATE', STAFF: 'MOVE_TOO_LATE' }],
  ['when it has begun', -1, { STUDENT: 'MOVE_TOO_LATE', TUTOR: 'MOVE_TOO_LATE', STAFF: 'MOVE_TOO_LATE' }],
];
const movers = ['STUDENT', 'TUTOR', 'STAFF'] as const;

describe('a booking may be moved', () => {
  it.each(table)('%s', (_name, minutes, verdicts) => {
    for (const mover of movers) {
      const booking = { status: 'CONFIRMED', startsAt: inMinutes(minutes) } as const;
      expect(judgeMove(firstRules, booking, mover, now), mover).toBe(verdicts[mover]);
    }
  });

  it('late by its student once only, freely again after that', () => {
    const booking = { status: 'CONFIRMED', startsAt: inMinutes(180), movedLateAt: now } as const;
    expect(judgeMove(firstRules, booking, 'STUDENT', now)).toBe('MOVE_TOO_LATE');
    const far = { ...booking, startsAt: inMinutes(24 * 60) };
    expect(judgeMove(firstRules, far, 'STUDENT', now)).toBe('FREE');
  });

  it('while it waits for its payment or is confirmed, and has a time', () => {
    const movable = bookingStatuses.filter((status) =>
      movers.some((mover) => judgeMove(firstRules, { status, startsAt: inMinutes(6_000) }, mover, now) === 'FREE'),
    );
    expect(movable).toEqual(['PENDING_PAYMENT', 'CONFIRMED']);
    expect(judgeMove(firstRules, { status: 'CONFIRMED', startsAt: null }, 'STAFF', now)).toBe('NOT_MOVABLE');
  });
});
