import {
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
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

/** What a token says besides what it says of a person, for tests of forged ones. */
export interface TokenChanges {
  /** @default a good one for this issuer's key */
  header?: Partial<JWTHeaderParameters>;
  /** Claims in place of the good ones; undefined leaves one out. */
  claims?: JWTPayload;
  /** @default this issuer's own */
  key?: SigningKey;
}

type SigningKey = Parameters<SignJWT['sign']>[0];

/** Signs access tokens for people of a test, with a key of its own that the test's processes accept. */
export class TestIssuer {
  private constructor(
    private readonly privateKey: SigningKey,
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
    const { userId = newId(), locale: loc = 'en', lifetimeSeconds = 900, verified: ver = true } = options;
    const sessionId = newId();
    const exp = now() + lifetimeSeconds;
    const token = await this.sign({ userId, sessionId, role }, { claims: { ver, loc, exp } });
    return { userId, sessionId, role, authorization: `Bearer ${token}` };
  }

  /** An access token for somebody, good for 15 minutes but for the changes. */
  sign(person: Omit<TestPerson, 'authorization'>, { header, claims, key }: TokenChanges = {}): Promise<string> {
    const { issuer: iss, audience: aud, type: typ } = ACCESS_TOKEN;
    const iat = now();
    const { userId: sub, sessionId: sid, role } = person;
    return new SignJWT({ iss, aud, sub, sid, role, ver: true, loc: 'en', iat, exp: iat + 900, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ, kid: 'test', ...header })
      .sign(key ?? this.privateKey);
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
