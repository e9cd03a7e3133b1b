import { describe, expect, it } from 'vitest';
import { hasCityForFormats, meanRating, newProfile } from './tutor.rules.js';

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
