import { describe, expect, it } from 'vitest';
import { findWeakness } from './password.rules.js';

const anna = { email: 'anna.karenina@mail.example', username: 'levin', firstName: 'Anna', lastName: 'Karenina' };

describe('a password that nobody may choose', () => {
  it.each([
    ['short', 'TOO_SHORT'],
    ['9 letters', 'TOO_SHORT'],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑', 'TOO_SHORT'],
    ['x'.repeat(201), 'TOO_LONG'],
    ['1q2w3e4r5t', 'COMMON'],
    ['Password123', 'COMMON'],
    ['QWERTY12345', 'COMMON'],
    ['basketball', 'COMMON'],
    ['xxxxxxxxxxxxxx', 'PREDICTABLE'],
    ['zyzyzyzyzyzyz', 'PREDICTABLE'],
    ['tomatotomato', 'PREDICTABLE'],
    ['Tomato7!Tomato7!', 'PREDICTABLE'],
    ['bcdefghijklm', 'PREDICTABLE'],
    ['zyxwvutsrqp', 'PREDICTABLE'],
    ['qwertyuiop[asd', 'PREDICTABLE'],
    ['йцукенгшщзфыв', 'PREDICTABLE'],
    ['3EDC4rfv5TGB6yhn', 'PREDICTABLE'],
    ['98765432109876', 'PREDICTABLE'],
    ['aaaaabbbbbccccc', 'PREDICTABLE'],
    ['anna.karenina@mail.example', 'PERSONAL'],
    ['Anna-Karenina', 'PERSONAL'],
    ['KareninaAnna1877', 'PERSONAL'],
    ['levinlevin!!1', 'PERSONAL'],
    ['tutorgraph1', 'PERSONAL'],
  ])('is %s: %s', (password, weakness) => {
    expect(findWeakness(password, anna)).toBe(weakness);
  });
});

describe('a password that one may choose', () => {
  it.each([
    'a long enough password',
    'correct horse battery staple',
    'Anna walked along the rails',
    'kjJ8-sdf0-2fQz',
    'пароль подлиннее обычного',
    '🔑🔒🗝🚪🏠🌳🌊⛵🐟🌙',
    'as if it were the first time '.repeat(6),
  ])('is %s', (password) => {
    expect(findWeakness(password, anna)).toBeUndefined();
  });

  it('may also belong to nobody in particular', () => {
    expect(findWeakness('anna.karenina@mail.example', {})).toBeUndefined();
  });
});
