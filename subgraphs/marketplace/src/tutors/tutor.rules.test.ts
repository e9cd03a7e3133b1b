import { describe, expect, it } from 'vitest';
import {
  afterPremium,
  hasCityForFormats,
  meanRating,
  newProfile,
  type PremiumNews,
  type PremiumStanding,
} from './tutor.rules.js';

describe('a rating', () => {
  it.each([
    [0, 0, null],
    [5, 1, 5],
    [9, 2, 4.5],
    [14, 3, 4.67],
    [10, 3, 3.33],
  ])('of %d in %d reviews is %s', (sum, count, expected) => {
    expect(meanRating(sum, count)).toBe(expected);
  });
});

describe('a profile', () => {
  it('names each language and format once, and blanks are no biography', () => {
    const profile = newProfile.parse({
      headline: ' Patient ',
      biography: '  ',
      currency: 'EUR',
      languages: ['en', 'ru', 'en'],
      formats: ['ONLINE', 'ONLINE'],
      experienceYears: 3,
    });
    expect(profile).toMatchObject({
      headline: 'Patient',
      biography: null,
      languages: ['en', 'ru'],
      formats: ['ONLINE'],
    });
  });

  it.each([
    [{ formats: ['ONLINE'], city: null }, true],
    [{ formats: ['IN_PERSON'], city: 'Riga' }, true],
    [{ formats: ['ONLINE', 'IN_PERSON'], city: null }, false],
  ])('%j has the city that its formats need: %s', (profile, expected) => {
    expect(hasCityForFormats(profile)).toBe(expected);
  });
});

describe('what is heard of a premium membership', () => {
  const [first, second] = [new Date('2027-01-01'), new Date('2027-02-01')];
  const begun = { membershipId: 'a', until: first };
  const renewed = { membershipId: 'a', until: second };
  const over = { membershipId: 'a', until: null };
  const another = { membershipId: 'b', until: first };

  function after(news: readonly PremiumNews[]): PremiumStanding {
    return news.reduce<PremiumStanding>((standing, next) => afterPremium(standing, next), { premium: false });
  }

  it('is the same in any order and twice, as long as it lasts', () => {
    const expected = { premium: true, premiumMembershipId: 'a', premiumUntil: second };
    for (const order of permutations([begun, begun, renewed, renewed])) expect(after(order)).toEqual(expected);
  });

  it('does not come back once it is over, but by what was paid later', () => {
    const ended = { premium: false, premiumMembershipId: 'a', premiumUntil: second };
    for (const again of permutations([begun, renewed, over])) {
      expect(after([begun, renewed, over, ...again])).toEqual(ended);
    }
    expect(after([begun, over, renewed])).toMatchObject({ premium: true, premiumUntil: second });
  });

  it('is of another one anew, also when it lasts shorter, and the end of the former takes nothing from it', () => {
    const expected = { premium: true, premiumMembershipId: 'b', premiumUntil: first };
    expect(after([renewed, over, another, over])).toEqual(expected);
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => {
    const others = [...items.slice(0, index), ...items.slice(index + 1)];
    return permutations(others).map((rest) => [item, ...rest]);
  });
}
