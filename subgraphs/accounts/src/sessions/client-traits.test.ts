import { describe, expect, it } from 'vitest';
import { describeClient, nameDevice } from './client-traits.js';

describe('what a session keeps of its client', () => {
  it('is what the client says of itself, and its address', () => {
    expect(describeClient({ userAgent: ' curl/8.1 ', clientAddress: '203.0.113.7' })).toEqual({
      userAgent: 'curl/8.1',
      networkAddress: '203.0.113.7',
    });
  });

  it('has neither control characters nor invisible ones', () => {
    const { userAgent } = describeClient({ userAgent: '\0ev\r\nil\u202egnp.exe\ud800' });
    expect(userAgent).toBe('ev il gnp.exe');
  });

  it('has 300 characters at most', () => {
    expect(describeClient({ userAgent: 'x'.repeat(100_000) }).userAgent).toHaveLength(300);
  });

  it.each([undefined, '', ' \t '])('is nothing for %j', (userAgent) => {
    expect(describeClient({ userAgent })).toEqual({ userAgent: null, networkAddress: null });
  });
});

describe('the name of a device', () => {
  it.each([
    [
      'Chrome on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    ],
    [
      'Safari on iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ],
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'],
    ['Tutorgraph on iOS', 'Tutorgraph/1.2 (iPhone; iOS 18.0)'],
    ['okhttp', 'okhttp/4.12.0'],
    [null, 'Mozilla/5.0'],
    [null, 'constructor'],
    [null, ''],
    [null, null],
  ])('is %j', (name, userAgent) => {
    expect(nameDevice(userAgent)).toBe(name);
  });
});
