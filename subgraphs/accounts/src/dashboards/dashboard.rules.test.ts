import { describe, expect, it } from 'vitest';
import { checkSpan, daysOf, missingParts } from './dashboard.rules.js';

const span = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

describe('an account', () => {
  it('lacks what nobody filled in', () => {
    expect(missingParts({ emailVerifiedAt: null, phone: null, avatarKey: null })).toEqual([
      'VERIFIED_EMAIL',
      'PHONE',
      'AVATAR',
    ]);
    expect(missingParts({ emailVerifiedAt: new Date(), phone: '+49301234567', avatarKey: 'a' })).toEqual([]);
  });
});

describe('a span of time', () => {
  it('touches the days between its ends, and not the one that begins at its end', () => {
    expect(daysOf(span('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'))).toEqual({
      first: '2026-01-01',
      last: '2026-01-31',
    });
    expect(daysOf(span('2026-01-01T23:59:00Z', '2026-01-02T00:00:01Z'))).toEqual({
      first: '2026-01-01',
      last: '2026-01-02',
    });
  });

  it.each([
    ['ends where it begins', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['goes back', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['is longer than ten years', '2010-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ])('is refused when it %s', (_what, from, to) => {
    expect(() => checkSpan(span(from, to))).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
    );
  });
});
