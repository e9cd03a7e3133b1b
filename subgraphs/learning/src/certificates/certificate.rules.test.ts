import { describe, expect, it } from 'vitest';
import { earns, newCode, readCode, statusOf } from './certificate.rules.js';

describe('codes of certificates', () => {
  it('are read as they are typed, by people who mistake letters too', () => {
    const code = newCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readCode(code.toLowerCase().replaceAll('-', ' '))).toBe(code);
    expect(readCode('iLOo-0000-0000')).toBe('1100-0000-0000');
  });

  it.each(['', '0000', '0000-0000-000U', '0000-0000-00000', "' or 1=1 --"])('are not %j', (typed) => {
    expect(readCode(typed)).toBeNull();
  });

  it('are different every time', () => {
    expect(new Set(Array.from({ length: 500 }, newCode)).size).toBe(500);
  });
});

describe('a certificate', () => {
  it('holds until it is revoked', () => {
    expect([statusOf(null), statusOf({ revokedAt: null }), statusOf({ revokedAt: new Date(0) })]).toEqual([
      'UNKNOWN',
      'VALID',
      'REVOKED',
    ]);
  });

  it.each([
    ['NONE', 100, false],
    ['COMPLETION', null, true],
    ['COMPLETION_AND_SCORE', null, false],
    ['COMPLETION_AND_SCORE', 69, false],
    ['COMPLETION_AND_SCORE', 70, true],
  ] as const)('of a course with the rule %s and a score of %s is earned: %s', (certificateRule, score, earned) => {
    expect(earns({ certificateRule, certificateScore: 70 }, score)).toBe(earned);
  });
});
