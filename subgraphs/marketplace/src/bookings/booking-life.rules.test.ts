import { describe, expect, it } from 'vitest';
import { firstRules as rules } from '../policies/policy.rules.js';
import { type BookingSide, type BookingStatus, bookingStatuses } from './booking.rules.js';
import {
  allowedActions,
  disputableUntil,
  refundIfCancelled,
  refusalOf,
  type Standing,
  statusAt,
} from './booking-life.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

/** A booking that stands so, of one hour. */
function standing(status: BookingStatus, inHours: number, change: Partial<Standing> = {}): Standing {
  const startsAt = status === 'UNSCHEDULED' ? null : hours(inHours);
  const endsAt = startsAt && hours(inHours + 1);
  const expiresAt = status === 'HELD' || status === 'PENDING_PAYMENT' ? hours(0.5) : null;
  return { status, startsAt, endsAt, expiresAt, remindedHours: [], ...change };
}

/** What each side may do in each status, long before the lesson and some hours after it. */
const before: Record<BookingStatus, Record<BookingSide, string>> = {
  UNSCHEDULED: { STUDENT: 'CANCEL', TUTOR: 'CANCEL', STAFF: 'CANCEL' },
  HELD: { STUDENT: 'BOOK CANCEL', TUTOR: 'CANCEL', STAFF: 'CANCEL' },
  PENDING_PAYMENT: {
    STUDENT: 'PAY RESCHEDULE CANCEL',
    TUTOR: 'RESCHEDULE CANCEL',
    STAFF: 'RESCHEDULE CANCEL MARK_PAID',
  },
  CONFIRMED: { STUDENT: 'RESCHEDULE CANCEL', TUTOR: 'RESCHEDULE CANCEL', STAFF: 'RESCHEDULE CANCEL' },
  IN_PROGRESS: { STUDENT: '', TUTOR: '', STAFF: 'CANCEL' },
  COMPLETED: { STUDENT: '', TUTOR: '', STAFF: '' },
  CANCELLED: { STUDENT: '', TUTOR: '', STAFF: '' },
  EXPIRED: { STUDENT: '', TUTOR: '', STAFF: 'MARK_PAID' },
  NO_SHOW: { STUDENT: '', TUTOR: 'DISPUTE_NO_SHOW', STAFF: '' },
  DISPUTED: { STUDENT: '', TUTOR: '', STAFF: 'RESOLVE_DISPUTE' },
};
const over = 'COMPLETE REPORT_NO_SHOW';
const after: Record<BookingStatus, Record<BookingSide, string>> = {
  ...before,
  // Unpaid at their beginning they have expired, and money comes too late.
  HELD: { STUDENT: '', TUTOR: '', STAFF: '' },
  PENDING_PAYMENT: { STUDENT: '', TUTOR: '', STAFF: '' },
  EXPIRED: { STUDENT: '', TUTOR: '', STAFF: '' },
  // It has begun, though nothing may have noticed.
  CONFIRMED: { STUDENT: over, TUTOR: over, STAFF: `CANCEL ${over}` },
  IN_PROGRESS: { STUDENT: over, TUTOR: over, STAFF: `CANCEL ${over}` },
};
const sides: BookingSide[] = ['STUDENT', 'TUTOR', 'STAFF'];
const everyCase = bookingStatuses.flatMap((status) => sides.map((side) => [status, side] as const));

describe('what may be done', () => {
  it.each(everyCase)('before the lesson to what is %s by the %s', (status, side) => {
    const booking = standing(status, 48, { absent: status === 'NO_SHOW' ? 'TUTOR' : null });
    expect(allowedActions(booking, side, rules, now).join(' ')).toBe(before[status][side]);
  });

  it.each(everyCase)('after the lesson to what is %s by the %s', (status, side) => {
    const booking = standing(status, -3, { absent: status === 'NO_SHOW' ? 'TUTOR' : null });
    expect(allowedActions(booking, side, rules, now).join(' ')).toBe(after[status][side]);
  });

  it('is decided by where a booking stands by time, though no job has noticed', () => {
    expect(statusAt(standing('CONFIRMED', -0.1), rules, now)).toBe('IN_PROGRESS');
    expect(statusAt(standing('CONFIRMED', -26), rules, now)).toBe('COMPLETED');
    expect(statusAt(standing('CONFIRMED', 23), rules, now)).toBe('CONFIRMED');
    expect(statusAt(standing('HELD', 23, { expiresAt: now }), rules, now)).toBe('EXPIRED');
  });

  it('is to move a lesson as long as its rules allow', () => {
    const moved = (inHours: number, side: BookingSide) =>
      refusalOf('RESCHEDULE', standing('CONFIRMED', inHours), side, rules, now);
    expect(moved(5, 'STUDENT')).toBeNull();
    expect(moved(5, 'TUTOR')).toBe('MOVE_TOO_LATE');
    expect(moved(1, 'STUDENT')).toBe('MOVE_TOO_LATE');
    expect(moved(1, 'STAFF')).toBeNull();
    expect(moved(-0.1, 'STAFF')).toBe('NOT_MOVABLE');
  });

  it('ends for the student with a late move', () => {
    const moved = standing('CONFIRMED', 20, { movedLateAt: hours(-1) });
    expect(refusalOf('CANCEL', moved, 'STUDENT', rules, now)).toBe('MOVED_LATE');
    expect(refusalOf('CANCEL', moved, 'TUTOR', rules, now)).toBeNull();
    expect(refusalOf('CANCEL', moved, 'STAFF', rules, now)).toBeNull();
  });

  it('is to wait some minutes before somebody counts as absent, and to say so within a day', () => {
    const report = (inHours: number) =>
      refusalOf('REPORT_NO_SHOW', standing('IN_PROGRESS', inHours), 'STUDENT', rules, now);
    expect(report(1)).toBe('TOO_EARLY');
    expect(report(-14 / 60)).toBe('TOO_EARLY');
    expect(report(-15 / 60)).toBeNull();
    expect(report(-24.99)).toBeNull();
    expect(report(-25)).toBe('TOO_LATE');
    expect(refusalOf('REPORT_NO_SHOW', standing('CONFIRMED', 5), 'TUTOR', rules, now)).toBe('TOO_EARLY');
  });

  it('is to complete a lesson once its end has come', () => {
    expect(refusalOf('COMPLETE', standing('IN_PROGRESS', -0.9), 'TUTOR', rules, now)).toBe('TOO_EARLY');
    expect(refusalOf('COMPLETE', standing('IN_PROGRESS', -1), 'TUTOR', rules, now)).toBeNull();
    expect(refusalOf('COMPLETE', standing('CONFIRMED', 5), 'TUTOR', rules, now)).toBe('TOO_EARLY');
  });

  it('is, for the student and staff, to speak against the word of the tutor alone', () => {
    const report = (completedBy: Standing['completedBy'], side: BookingSide, inHours = -3) =>
      refusalOf('REPORT_NO_SHOW', standing('COMPLETED', inHours, { completedBy }), side, rules, now);
    expect(report('TUTOR', 'STUDENT')).toBeNull();
    expect(report('TUTOR', 'STAFF')).toBeNull();
    expect(report('TUTOR', 'TUTOR')).toBe('WRONG_STATUS');
    expect(report('TUTOR', 'STUDENT', -25)).toBe('TOO_LATE');
    expect(report('STUDENT', 'STUDENT')).toBe('WRONG_STATUS');
    expect(report('SYSTEM', 'STUDENT', -25)).toBe('TOO_LATE');
  });

  it('is to dispute once, by whoever was reported, for two days', () => {
    const dispute = (change: Partial<Standing>, side: BookingSide, inHours = -3) =>
      refusalOf('DISPUTE_NO_SHOW', standing('NO_SHOW', inHours, change), side, rules, now);
    expect(dispute({ absent: 'STUDENT' }, 'STUDENT')).toBeNull();
    expect(dispute({ absent: 'STUDENT' }, 'TUTOR')).toBe('NOT_FOR_YOU');
    expect(dispute({ absent: 'STUDENT' }, 'STAFF')).toBe('NOT_FOR_YOU');
    expect(dispute({ absent: 'STUDENT', disputedAt: now }, 'STUDENT')).toBe('ALREADY_DISPUTED');
    expect(dispute({ absent: 'STUDENT' }, 'STUDENT', -49)).toBeNull();
    expect(dispute({ absent: 'STUDENT' }, 'STUDENT', -49.01)).toBe('TOO_LATE');
    expect(disputableUntil(now, rules)).toEqual(hours(48));
  });
});

describe('what a student gets back', () => {
  const back = (side: BookingSide, inHours: number, paidAt: Date | null = hours(-1)) =>
    refundIfCancelled(standing('CONFIRMED', inHours, { paidAt }), side, rules, now);

  it.each([
    [48, 100],
    [12, 100],
    [11.9, 50],
    [4, 50],
    [3.9, 0],
  ])('who cancels %s hours before is %s %%', (inHours, percent) => {
    expect(back('STUDENT', inHours)).toBe(percent);
  });

  it('is everything when the tutor or staff cancels, and nothing of nothing', () => {
    expect(back('TUTOR', 1)).toBe(100);
    expect(back('STAFF', -0.5)).toBe(100);
    for (const side of sides) expect(back(side, 48, null)).toBeNull();
  });
});
