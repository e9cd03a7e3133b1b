import { describe, expect, it } from 'vitest';
import { firstRules } from '../policies/policy.rules.js';
import { afterOffering, isLessonLength, packagePrices } from './rate.rules.js';

describe('what a present student pays when the offer changes', () => {
  const standing = (rateMinor: number, proposedMinor: number | null = null) => ({ rateMinor, proposedMinor });

  it.each([
    ['more is proposed to whoever pays less', standing(20), 20, 25, standing(20, 25)],
    ['a new proposal replaces the former one', standing(20, 25), 25, 30, standing(20, 30)],
    ['whoever pays as much already is not asked', standing(25), 20, 25, null],
    ['whoever has agreed upon more stays so when others are to pay more', standing(30), 20, 25, null],
    ['less holds at once', standing(25), 25, 20, standing(20)],
    ['less holds at once and takes a proposal back', standing(25, 30), 30, 20, standing(20)],
    ['less takes a proposal back from whoever pays that already', standing(20, 30), 30, 20, standing(20)],
    ['less holds for whoever has agreed upon more, too', standing(30), 25, 20, standing(20)],
    ['less that is still more than somebody pays replaces the proposal', standing(15, 30), 30, 20, standing(15, 20)],
    ['less is not proposed to whoever pays even less and was not asked', standing(15), 25, 20, null],
    ['nothing happens when nothing changes', standing(15, 20), 20, 20, null],
    ['the same proposal is made once', standing(15, 25), 20, 25, null],
  ])('%s', (_what, before, from, to, after) => {
    expect(afterOffering(before, { from, to })).toEqual(after);
  });
});

describe('packages', () => {
  it('cost as many lessons less their discount, rounded once', () => {
    expect(packagePrices(firstRules, 2_501, 60)).toEqual([
      { lessons: 5, discountPercent: 5, fullMinor: 12_505, priceMinor: 11_880 },
      { lessons: 10, discountPercent: 10, fullMinor: 25_010, priceMinor: 22_509 },
      { lessons: 20, discountPercent: 15, fullMinor: 50_020, priceMinor: 42_517 },
    ]);
  });

  it('cost by the length of their lessons, each rounded as one that is booked alone', () => {
    const [smallest] = packagePrices(firstRules, 1_000, 50);
    expect(smallest).toMatchObject({ fullMinor: 5 * 833, priceMinor: 3_957 });
  });
});

it.each([
  [10, false],
  [15, true],
  [47, false],
  [240, true],
  [245, false],
])('a lesson of %i minutes: %s', (minutes, may) => {
  expect(isLessonLength(minutes)).toBe(may);
});
