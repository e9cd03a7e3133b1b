import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvable, reversible, withdrawable } from './balance.rules.js';

fc.configureGlobal({ seed: 20261121 });
const minor = fc.integer({ min: 0, max: 1_000_000 });
const held = fc.record({
  // What went out before a dispute froze it leaves less than nothing.
  availableMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  owedMinor: minor,
  connectedMinor: minor,
  reversingMinor: minor,
  approvedMinor: minor,
  requestedMinor: minor,
});
const NOTHING = { owedMinor: 0, reversingMinor: 0, approvedMinor: 0, requestedMinor: 0 };

describe('what may leave a tutor’s account', () => {
  it('is never more than is there and due, with all that is on its way out', () => {
    fc.assert(
      fc.property(held, (one) => {
        const out = withdrawable(one);
        expect(out).toBeGreaterThanOrEqual(0);
        expect(out).toBeLessThanOrEqual(approvable(one));
        if (out === 0) return;
        const { availableMinor, owedMinor, connectedMinor, reversingMinor, approvedMinor, requestedMinor } = one;
        expect(out + approvedMinor + requestedMinor + reversingMinor).toBeLessThanOrEqual(connectedMinor);
        expect(out + approvedMinor + requestedMinor + owedMinor).toBeLessThanOrEqual(availableMinor);
      }),
    );
  });

  it('is nothing of what is still on its way there, frozen or owed', () => {
    expect(withdrawable({ ...NOTHING, availableMinor: 700, connectedMinor: 0 })).toBe(0);
    expect(withdrawable({ ...NOTHING, availableMinor: 200, connectedMinor: 700 })).toBe(200);
    expect(withdrawable({ ...NOTHING, availableMinor: 700, connectedMinor: 700, owedMinor: 300 })).toBe(400);
  });

  it('can be taken back only once', () => {
    fc.assert(
      fc.property(held, (one) => {
        const back = reversible(one);
        expect(reversible({ ...one, reversingMinor: one.reversingMinor + back })).toBe(0);
      }),
    );
  });
});
