import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageLessonPrice, refundParts, splitLesson, taxWithin } from './split.rules.js';

fc.configureGlobal({ seed: 20261121 });

const MAX_MINOR = 4_000_000_000;
const amounts = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: MAX_MINOR }));
const percents = fc.integer({ min: 0, max: 100 });
const taxes = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(7.5, 8.875, 0.1));

describe('a lesson’s price', () => {
  it.each([
    [5_000, 20, 0, { commissionMinor: 1_000, shareMinor: 4_000, taxMinor: 0 }],
    [5_000, 20, 20, { commissionMinor: 1_000, shareMinor: 4_000, taxMinor: 167 }],
    [999, 15, 7.5, { commissionMinor: 150, shareMinor: 849, taxMinor: 10 }],
    // Half a cent is the platform's.
    [5, 50, 0, { commissionMinor: 3, shareMinor: 2, taxMinor: 0 }],
    [MAX_MINOR, 33, 8.875, { commissionMinor: 1_320_000_000, shareMinor: 2_680_000_000, taxMinor: 107_600_459 }],
  ])('of %i at %i %% and %d %% tax', (amount, percent, tax, split) => {
    expect(splitLesson(amount, percent, tax)).toEqual(split);
  });

  it('is divided without remainder', () => {
    fc.assert(
      fc.property(amounts, percents, taxes, (amount, percent, tax) => {
        const { commissionMinor, shareMinor, taxMinor } = splitLesson(amount, percent, tax);
        expect(commissionMinor + shareMinor).toBe(amount);
        expect(Math.min(commissionMinor, shareMinor, taxMinor, commissionMinor - taxMinor)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(commissionMinor - (amount * percent) / 100)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

it('tax is what the amount contains, not what is added to it', () => {
  expect(taxWithin(1_200, 20)).toBe(200);
  expect(taxWithin(1_200, 0)).toBe(0);
});

describe('refunds of a payment', () => {
  const cases = fc.record({
    amount: amounts,
    percent: percents,
    tax: taxes,
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
  });

  it('take the parts in proportion, never more than the refund, and in the end exactly all', () => {
    fc.assert(
      fc.property(cases, ({ amount, percent, tax, cuts }) => {
        const payment = { amountMinor: amount, ...splitLesson(amount, percent, tax) };
        const steps = [...cuts.map((cut) => Math.floor(cut * amount)).sort((a, b) => a - b), amount];
        const taken = { shareMinor: 0, taxMinor: 0 };
        let before = 0;
        for (const step of steps) {
          const parts = refundParts(payment, before, step - before);
          expect(Math.min(parts.shareMinor, parts.taxMinor)).toBeGreaterThanOrEqual(0);
          expect(parts.shareMinor + parts.taxMinor).toBeLessThanOrEqual(step - before);
          taken.shareMinor += parts.shareMinor;
          taken.taxMinor += parts.taxMinor;
          expect(Math.abs(taken.shareMinor - (payment.shareMinor * step) / amount)).toBeLessThanOrEqual(0.5);
          expect(Math.abs(taken.taxMinor - (payment.taxMinor * step) / amount)).toBeLessThanOrEqual(1);
          before = step;
        }
        expect(taken).toEqual({ shareMinor: payment.shareMinor, taxMinor: payment.taxMinor });
      }),
    );
  });

  it('of a package take from neither share nor tax', () => {
    const parts = refundParts({ amountMinor: 40_000, shareMinor: 0, taxMinor: 0 }, 10_000, 7_001);
    expect(parts).toEqual({ shareMinor: 0, taxMinor: 0 });
  });
});

describe('lessons of a package', () => {
  it('cost together exactly what it did, and nearly the same each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 100, max: MAX_MINOR }), (lessons, amount) => {
        const prices: number[] = [];
        for (let left = lessons, credit = amount; left > 0; left -= 1) {
          const price = packageLessonPrice(credit, left);
          prices.push(price);
          credit -= price;
        }
        expect(prices.reduce((sum, price) => sum + price, 0)).toBe(amount);
        expect(Math.max(...prices) - Math.min(...prices)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('cost nothing when none is left', () => {
    expect(packageLessonPrice(0, 0)).toBe(0);
  });
});
