import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { serviceUnavailable, unauthenticated } from '../graphql/errors.js';
import { roles, type UserViewer } from './viewer.js';

/** Who issues access tokens, and for whom; both are checked. */
export const ACCESS_TOKEN = { issuer: 'tutorgraph', audience: 'tutorgraph', type: 'at+jwt' } as const;

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  role: z.enum(roles),
  ver: z.boolean().default(false),
  loc: z.string().optional(),
  iat: z.number().default(0),
  exp: z.number(),
});

/** Verifies access tokens against the accounts service's public keys. */
export interface AccessTokenVerifier {
  /**
   * @throws UNAUTHENTICATED when the token is malformed, expired, signed by a stranger or meant for another;
   * SERVICE_UNAVAILABLE when the keys cannot be had
   */
  verify(token: string): Promise<UserViewer>;
}

/**
 * Verifies EdDSA access tokens. Keys are asked for once and again when a token names a key that is not known, at most
 * every five seconds. A token that has been verified is remembered by its hash until it expires.
 *
 * @param loadKeys the public keys (JWKS): a function call in the single process, an HTTP request otherwise
 */
export function createAccessTokenVerifier(loadKeys: () => Promise<JSONWebKeySet>): AccessTokenVerifier {
  const verified = new LRUCache<string, UserViewer>({ max: 10_000 });
  const keys = new KeySet(loadKeys);
  return {
    async verify(token) {
      const digest = createHash('sha256').update(token).digest('base64url');
      const known = verified.get(digest);
      if (known && known.expiresAt > Date.now() / 1000) return known;
      const viewer = await check(token, keys);
      verified.set(digest, viewer);
      return viewer;
    },
  };
}

async function check(token: string, keys: KeySet): Promise<UserViewer> {
  const keySet = await keys.having(keyNameOf(token)).catch((cause: unknown) => {
    throw serviceUnavailable('Tokens cannot be verified right now; try again', cause);
  });
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ['EdDSA'],
      issuer: ACCESS_TOKEN.issuer,
      audience: ACCESS_TOKEN.audience,
      typ: ACCESS_TOKEN.type,
    });
    const { sub, sid, role, ver, loc, iat, exp } = claims.parse(payload);
    return {
      kind: 'user',
      userId: sub,
      sessionId: sid,
      role,
      isVerified: ver,
      locale: loc,
      issuedAt: iat,
      expiresAt: exp,
    };
  } catch (cause) {
    throw notValid(cause);
  }
}

function keyNameOf(token: string): string {
  try {
    return decodeProtectedHeader(token).kid ?? '';
  } catch (cause) {
    throw notValid(cause);
  }
}

function notValid(cause: unknown) {
  return unauthenticated('The access token is not valid or has expired; refresh the session or sign in again', cause);
}

const ASK_AGAIN_AFTER_MS = 5_000;

class KeySet {
  private keys: JSONWebKeySet = { keys: [] };
  private askedAt = Number.NEGATIVE_INFINITY;
  private pending: Promise<void> | undefined;

  constructor(private readonly load: () => Promise<JSONWebKeySet>) {}

  async having(kid: string): Promise<ReturnType<typeof createLocalJWKSet>> {
    if (!this.knows(kid) && performance.now() - this.askedAt > ASK_AGAIN_AFTER_MS) {
      this.pending ??= this.refresh();
      await this.pending;
    }
    return createLocalJWKSet(this.keys);
  }

  private knows(kid: string): boolean {
    return this.keys.keys.some((key) => key.kid === kid);
  }

  private async refresh(): Promise<void> {
    try {
      this.keys = await this.load();
      this.askedAt = performance.now();
    } finally {
      this.pending = undefined;
    }
  }
}
