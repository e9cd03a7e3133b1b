import { describe, expect, it } from 'vitest';
import { profileOf, traitsOf } from './telegram-profile.js';

const id = 279_058_397;

describe('the profile of somebody from Telegram', () => {
  it('is what Telegram says', () => {
    const person = {
      id,
      first_name: 'Анна',
      last_name: 'Каренина',
      username: 'Anna_K',
      language_code: 'ru-RU',
      photo_url: 'https://t.me/i/userpic/320/a.svg',
    };
    expect(profileOf(person)).toEqual({
      telegramId: '279058397',
      telegramUsername: 'Anna_K',
      telegramPhotoUrl: 'https://t.me/i/userpic/320/a.svg',
      firstName: 'Анна',
      lastName: 'Каренина',
      username: 'anna_k',
      locale: 'ru',
    });
  });

  it('makes do with a number', () => {
    expect(profileOf({ id })).toEqual({
      telegramId: '279058397',
      telegramUsername: null,
      telegramPhotoUrl: null,
      firstName: 'Telegram',
      lastName: '',
      username: null,
      locale: undefined,
    });
  });

  it.each([
    [' \u0000\t ', 'anna_k', 'anna_k'],
    ['\u202eanna', undefined, 'anna'],
    ['An\nna', undefined, 'An na'],
    ['👩‍🏫'.repeat(100), undefined, `${'👩‍🏫'.repeat(33)}👩`],
    ['\ud800', undefined, 'Telegram'],
  ])('has a first name that can be stored and shown: %j', (firstName, username, expected) => {
    expect(profileOf({ id, first_name: firstName, username }).firstName).toBe(expected);
  });

  it.each([
    ['_anna', null],
    ['9anna', null],
    ['an', null],
    ['anna-k', null],
    ['a'.repeat(33), null],
    ['Anna_9', 'anna_9'],
  ])('has a username only when it fits: %j', (username, expected) => {
    expect(profileOf({ id, username }).username).toBe(expected);
  });

  it.each([
    ['http://t.me/a.svg', null],
    ['javascript:alert(1)', null],
    ['data:image/svg+xml,x', null],
    ['not an address', null],
    [`https://t.me/${'x'.repeat(1_000)}`, null],
    ['https://t.me/a\u0000b', 'https://t.me/a%00b'],
  ])('has a picture only from a secure address: %j', (photo, expected) => {
    expect(traitsOf({ id, photo_url: photo }).telegramPhotoUrl).toBe(expected);
  });

  it.each([
    ['en', 'en'],
    ['RU', 'ru'],
    ['pt-br', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('has a language only when we speak it: %j', (language, expected) => {
    expect(profileOf({ id, language_code: language }).locale).toBe(expected);
  });
});
