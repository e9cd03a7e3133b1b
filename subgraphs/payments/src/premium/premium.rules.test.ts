import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graceAfter, mayPremiumBecome, PREMIUM_DAYS, premiumStatuses, prolonged } from './premium.rules.js';

fc.configureGlobal({ seed: 20261121 });
const DAY_MS = 86_400_000;
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true });

describe('premium', () => {
  it('lasts thirty days from payment, or from what was paid before, whichever is later', () => {
    fc.assert(
      fc.property(fc.option(moment), moment, (until, paidAt) => {
        const after = prolonged(until, paidAt).getTime() - PREMIUM_DAYS * DAY_MS;
        expect(after).toBe(Math.max(until?.getTime() ?? 0, paidAt.getTime()));
      }),
    );
  });

  it('comes to the same in whichever order invoices arrive that were paid in time', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 8 }),
        (first, offsets) => {
          const paid = offsets.map((days) => new Date(first.getTime() + days * DAY_MS));
          paid.push(first);
          const sorted = [...paid].sort((a, b) => a.getTime() - b.getTime());
          const last = sorted.reduce<Date | null>((until, at) => prolonged(until, at), null);
          expect(last?.getTime()).toBe(first.getTime() + sorted.length * PREMIUM_DAYS * DAY_MS);
        },
      ),
    );
  });

  it('has some days of grace after what was paid, or from now', () => {
    const now = new Date('2026-05-05T00:00:00Z');
    expect(graceAfter(now, 7, new Date(0))).toEqual(new Date('2026-05-12T00:00:00Z'));
    expect(graceAfter(null, 0, now)).toEqual(now);
  });

  it('never comes back once it has ended', () => {
    for (const status of premiumStatuses) expect(mayPremiumBecome('ENDED', status)).toBe(false);
  });
});
