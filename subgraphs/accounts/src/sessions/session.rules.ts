import { createHash, createHmac, randomBytes } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session that is used lives on for this long each time … */
export const SLIDING_MS = 30 * DAY_MS;
/** … but never longer than this from sign-in. */
export const LONGEST_MS = 90 * DAY_MS;
/** A token's immediate predecessor is still answered for this long: two tabs, or an answer that was lost. */
export const GRACE_MS = 30_000;

/** Why a session ended before its time. */
export const sessionEndings = [
  'SIGNED_OUT',
  'TOKEN_REUSED',
  'REVOKED',
  'SIGNED_OUT_EVERYWHERE',
  'PASSWORD_RESET',
  'PASSWORD_CHANGED',
  'SUSPENDED',
  'REPLACED',
  'ERASED',
] as const;
/** @see sessionEndings */
export type SessionEnding = (typeof sessionEndings)[number];

/** How somebody proved who they are. */
export type SignInMethod = 'PASSWORD' | 'TELEGRAM';

/** Why an account may not be used, if so: an erased one is as if it had never been. */
export function refusalToSignIn(account: {
  suspendedAt?: Date | null;
  erasedAt?: Date | null;
}): 'INVALID_CREDENTIALS' | 'ACCOUNT_SUSPENDED' | undefined {
  if (account.erasedAt) return 'INVALID_CREDENTIALS';
  return account.suspendedAt ? 'ACCOUNT_SUSPENDED' : undefined;
}

/** When a session ends that is used now. */
export function sessionExpiry(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + SLIDING_MS, createdAt.getTime() + LONGEST_MS));
}

/** The first refresh token of a session. */
export function firstRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The successor of a refresh token. It follows from the token and our secret, so that whoever presents the same token
 * twice within the grace gets the same successor, although we keep only hashes.
 */
export function nextRefreshToken(token: string, secret: string): string {
  return createHmac('sha256', secret).update(`refresh ${token}`).digest('base64url');
}

/** What is stored of a refresh token. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** What presenting a refresh token means. */
export type RefreshVerdict = 'rotate' | 'repeat' | 'expired' | 'revoked' | 'reused';

/**
 * Judges a presented refresh token.
 *
 * @param token the stored token; `successorReplaced`: has its successor been used in turn?
 */
export function judgeRefresh(
  session: { revokedAt?: Date | null; expiresAt: Date },
  token: { replacedAt?: Date | null; successorReplaced: boolean },
  now: Date,
): RefreshVerdict {
  if (session.revokedAt) return 'revoked';
  if (session.expiresAt <= now) return 'expired';
  if (!token.replacedAt) return 'rotate';
  const withinGrace = now.getTime() - token.replacedAt.getTime() <= GRACE_MS;
  return withinGrace && !token.successorReplaced ? 'repeat' : 'reused';
}
