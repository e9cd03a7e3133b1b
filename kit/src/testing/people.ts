import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { newId } from '../database/id.js';
import { ACCESS_TOKEN } from '../viewer/access-token.js';
import type { Role } from '../viewer/viewer.js';

/** Somebody who is signed in during a test. */
export interface TestPerson {
  userId: string;
  sessionId: string;
  role: Role;
  /** The `Authorization` header. */
  authorization: string;
}

/** Signs access tokens for people of a test, with a key of its own that the test's processes accept. */
export class TestIssuer {
  private constructor(
    private readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
    readonly publicKeys: JSONWebKeySet,
  ) {}

  static async create(): Promise<TestIssuer> {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const key = { ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' };
    return new TestIssuer(pair.privateKey, { keys: [key] });
  }

  /**
   * @param lifetimeSeconds may be negative, for a token that has expired
   * @param verified is the account's address proven? @default true
   */
  async signIn(
    role: Role,
    options: { userId?: string; locale?: string; lifetimeSeconds?: number; verified?: boolean } = {},
  ): Promise<TestPerson> {
    const userId = options.userId ?? newId();
    const sessionId = newId();
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      sid: sessionId,
      role,
      ver: options.verified ?? true,
      loc: options.locale ?? 'en',
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: ACCESS_TOKEN.type, kid: 'test' })
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(ACCESS_TOKEN.audience)
      .setSubject(userId)
      .setIssuedAt(now)
      .setExpirationTime(now + (options.lifetimeSeconds ?? 900))
      .sign(this.privateKey);
    return { userId, sessionId, role, authorization: `Bearer ${token}` };
  }
}
