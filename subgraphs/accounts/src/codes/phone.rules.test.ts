import { describe, expect, it } from 'vitest';
import { readPhone } from './phone.rules.js';

describe('a phone number', () => {
  it.each([
    ['+79161234567', '+79161234567'],
    [' +7 (916) 123-45-67 ', '+79161234567'],
    ['+1 202 555 0123', '+12025550123'],
    ['+4915112345678', '+4915112345678'],
    ['+380501234567', '+380501234567'],
  ])('is, written %j, %s', (written, number) => {
    expect(readPhone(written)).toBe(number);
  });

  it.each([
    ['of no country', '89161234567'],
    ['too short', '+7916123'],
    ['too long', '+791612345678901'],
    ['a landline', '+442079460000'],
    ['a premium number', '+19005550123'],
    ['one with an extension', '+79161234567;ext=5'],
    ['inside a text', '+ call me: 79161234567'],
    ['nothing', ''],
    ['endless', `+7916123456${' '.repeat(100)}7`],
    ['a zero character', '+7916123456\0'],
  ])('is none when it is %s', (_what, written) => {
    expect(readPhone(written)).toBeUndefined();
  });
});
