import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRules as rules } from '../policies/policy.rules.js';
import { bookingStatuses, mayBookingBecome } from './booking.rules.js';
import { type ClockStep, dueSteps, expiryOf, nextStepAt, passedReminders, type Timed } from './booking-clock.rules.js';

// The same in every run; another seed looks for more.
fc.configureGlobal({ seed: 20261121 });

const now = new Date('2026-11-21T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() + Math.round(count * 3_600_000));

/** A booking of an hour that is consistent with itself. */
const bookings = fc
  .record({
    status: fc.constantFrom(...bookingStatuses),
    inHours: fc.double({ min: -60, max: 60, noNaN: true }),
    expiresInHours: fc.double({ min: -2, max: 2, noNaN: true }),
    remindedHours: fc.constantFrom([], [24], [24, 1]),
  })
  .map(({ status, inHours, expiresInHours, remindedHours }): Timed => {
    const hasTime = status !== 'UNSCHEDULED';
    return {
      status,
      startsAt: hasTime ? hours(inHours) : null,
      endsAt: hasTime ? hours(inHours + 1) : null,
      expiresAt: status === 'HELD' || status === 'PENDING_PAYMENT' ? hours(expiresInHours) : null,
      remindedHours,
    };
  });

/** The booking after a step, as the clock leaves it. */
function after(booking: Timed, step: ClockStep): Timed {
  switch (step.kind) {
    case 'EXPIRE':
      return { ...booking, status: 'EXPIRED', expiresAt: null };
    case 'START':
      return { ...booking, status: 'IN_PROGRESS' };
    case 'COMPLETE':
      return { ...booking, status: 'COMPLETED' };
    case 'REMIND':
      return { ...booking, remindedHours: booking.startsAt ? passedReminders(booking.startsAt, now) : [] };
  }
}

describe('the clock', () => {
  it('goes only where the transition table goes, and has nothing to do a second time', () => {
    fc.assert(
      fc.property(bookings, (booking) => {
        const done = dueSteps(booking, rules, now).reduce((before, step) => {
          const next = after(before, step);
          expect(next.status === before.status || mayBookingBecome(before.status, next.status)).toBe(true);
          return next;
        }, booking);
        expect(dueSteps(done, rules, now)).toEqual([]);
      }),
    );
  });

  it('waits for the very moment at which something is due, and nothing is due before', () => {
    fc.assert(
      fc.property(bookings, (booking) => {
        const done = dueSteps(booking, rules, now).reduce(after, booking);
        const next = nextStepAt(done, rules);
        if (!next) return;
        expect(dueSteps(done, rules, next)).not.toEqual([]);
        expect(dueSteps(done, rules, new Date(next.getTime() - 1))).toEqual([]);
      }),
    );
  });

  it('gives an unpaid time free when it should begin, at the latest', () => {
    const booking: Timed = { status: 'HELD', startsAt: hours(1), endsAt: hours(2), expiresAt: null, remindedHours: [] };
    expect(expiryOf(booking)).toBeNull();
    expect(expiryOf({ ...booking, expiresAt: hours(0.5) })).toEqual(hours(0.5));
    expect(expiryOf({ ...booking, expiresAt: hours(1.5) })).toEqual(hours(1));
  });

  it.each([
    [25, []],
    [24, [24]],
    [2, [24]],
    [1, [24, 1]],
    [-1, [24, 1]],
  ])('counts as reminded who gets their lesson %s hours before', (inHours, passed) => {
    expect(passedReminders(hours(inHours), now)).toEqual(passed);
  });
});
