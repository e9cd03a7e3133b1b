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
  const begun = { isActive: true, until: first };
  const renewed = { isActive: true, until: second };
  const over = { isActive: false, until: second };
  const lapsed = { isActive: false, until: first };

  function after(news: readonly PremiumNews[]): PremiumStanding {
    return news.reduce<PremiumStanding>((standing, next) => afterPremium(standing, next), { premium: false });
  }

  it.each([
    ['begun and renewed', [begun, renewed], { premium: true, premiumUntil: second }],
    ['renewed before it lapsed', [begun, lapsed, renewed], { premium: true, premiumUntil: second }],
    ['begun, renewed and over', [begun, renewed, over], { premium: false, premiumUntil: second }],
  ])('makes the same of one that was %s, in any order and twice', (_what, news, expected) => {
    for (const order of permutations([...news, ...news])) expect(after(order)).toEqual(expected);
  });

  it('ends it at once when no time is said', () => {
    expect(after([renewed, { isActive: false, until: null }])).toEqual({ premium: false, premiumUntil: second });
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => {
    const others = [...items.slice(0, index), ...items.slice(index + 1)];
    return permutations(others).map((rest) => [item, ...rest]);
  });
}
