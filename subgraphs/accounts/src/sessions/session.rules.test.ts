import { describe, expect, it } from 'vitest';
import { GRACE_MS, judgeRefresh, LONGEST_MS, nextRefreshToken, SLIDING_MS, sessionExpiry } from './session.rules.js';

const now = new Date('2026-11-21T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const live = { revokedAt: null, expiresAt: new Date(now.getTime() + 1) };

describe('a session', () => {
  it('moves on with each use, and ends 90 days after sign-in all the same', () => {
    expect(sessionExpiry(now, now).getTime()).toBe(now.getTime() + SLIDING_MS);
    expect(sessionExpiry(ago(LONGEST_MS - 1_000), now).getTime()).toBe(now.getTime() + 1_000);
  });
});

describe('a refresh token', () => {
  it.each([
    ['that is the newest gives the next', live, { replacedAt: null, successorReplaced: false }, 'rotate'],
    ['just replaced gives the same again', live, { replacedAt: ago(GRACE_MS), successorReplaced: false }, 'repeat'],
    ['replaced long ago was stolen', live, { replacedAt: ago(GRACE_MS + 1), successorReplaced: false }, 'reused'],
    ['whose successor was used was stolen', live, { replacedAt: ago(1), successorReplaced: true }, 'reused'],
    [
      'of a session that is over is over',
      { revokedAt: null, expiresAt: now },
      { replacedAt: null, successorReplaced: false },
      'expired',
    ],
    [
      'of a session that was ended is nothing',
      { revokedAt: ago(1), expiresAt: live.expiresAt },
      { replacedAt: null, successorReplaced: false },
      'revoked',
    ],
  ] as const)('%s', (_what, session, token, verdict) => {
    expect(judgeRefresh(session, token, now)).toBe(verdict);
  });

  it('has one successor, which nobody can tell without the secret', () => {
    expect(nextRefreshToken('token', 'secret')).toBe(nextRefreshToken('token', 'secret'));
    expect(nextRefreshToken('token', 'secret')).not.toBe(nextRefreshToken('token', 'other'));
  });
});
