import { describe, expect, it } from 'vitest';
import { chooseLocale, languageOf, languages, locales } from './languages.js';

describe('the language to answer in', () => {
  it.each([
    ['ru', 'ru'],
    ['RU-ru', 'ru'],
    ['ru-Cyrl-KZ', 'ru'],
    ['de, ru;q=0.8, en;q=0.5', 'ru'],
    ['en;q=0.5, ru;q=0.8', 'ru'],
    ['en;q=0.5,ru;q=0.50001', 'ru'],
    ['ru ; q=0.4 , en ; q=0.3', 'ru'],
    ['en-US,ru;q=0.9,en;q=0.8', 'en'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['ru;q=0', 'en'],
    ['de, fr;q=0.9', 'en'],
    ['*', 'en'],
    ['ru, *;q=0.5', 'ru'],
    ['de, *;q=0.5', 'en'],
    ['en;q=0, *', 'ru'],
    ['*;q=0', 'en'],
    ['', 'en'],
    [' , ,;;=, q=1', 'en'],
    ['ru;q=abc', 'en'],
    ['rus', 'en'],
    ['r\0u, "ru', 'en'],
    [undefined, 'en'],
  ])('is, of %j, %s', (acceptLanguage, expected) => {
    expect(chooseLocale(undefined, acceptLanguage)).toBe(expected);
  });

  it("is the person's own choice when that is there, whatever the browser says", () => {
    expect(chooseLocale('ru', 'en')).toBe('ru');
    expect(chooseLocale('xx', 'ru')).toBe('ru');
    expect(chooseLocale('__proto__', undefined)).toBe('en');
  });

  it('is found at the beginning of a header of any length', () => {
    expect(chooseLocale(undefined, `ru, ${'de;q=0.5, '.repeat(100_000)}`)).toBe('ru');
    expect(chooseLocale(undefined, `${'x'.repeat(1_000_000)}, ru`)).toBe('en');
  });

  it('is one of those that are offered', () => {
    expect(chooseLocale(undefined, 'fr-CA, ru', ['en', 'fr'])).toBe('fr');
  });
});

describe('languages', () => {
  it('begin with English, which stands in for one that is not there', () => {
    expect(locales[0]).toBe('en');
    expect(languageOf('xx')).toBe(languages.get('en'));
    expect(languageOf('ru').name).toBe('Русский');
  });
});
