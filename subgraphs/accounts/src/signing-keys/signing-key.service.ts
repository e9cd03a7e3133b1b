import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { type SealKey, seal, unseal } from '@tutorgraph/kit/secrets/seal';
import { ACCESS_TOKEN } from '@tutorgraph/kit/viewer/access-token';
import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { User } from '../users/user.entity.js';
import { isVerified } from '../users/user.rules.js';
import { SigningKey } from './signing-key.entity.js';
import {
  deleteKeysRetiredBefore,
  findActiveKey,
  findPublishedKeys,
  insertActiveKey,
  retireActiveKey,
} from './signing-key.repository.js';

/** How long an access token is good, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ROTATE_AFTER_MS = 30 * 24 * 60 * 60 * 1000;
/** A retired key stays public as long as a token that it signed last, and as clocks may differ. */
const PUBLISHED_AFTER_RETIREMENT_MS = (ACCESS_TOKEN_SECONDS + 5 * 60) * 1000;
const REREAD_AFTER_MS = 60_000;

interface Signer {
  kid: string;
  key: Awaited<ReturnType<typeof importJWK>>;
  readAt: number;
}

/** Keeps the key pairs that sign access tokens, and signs. */
export class SigningKeyService {
  private signer: Signer | undefined;
  private readonly sealKey: SealKey;

  /** @param secret seals private keys at rest */
  constructor(
    private readonly em: EntityManager,
    secret: string,
  ) {
    this.sealKey = { secret, purpose: 'signing keys' };
  }

  /** Makes the first key when there is none. Replicas that start together end up with the same. */
  async ensureKey(): Promise<void> {
    await this.currentSigner();
  }

  /** Public keys for whoever verifies access tokens. */
  async jwks(): Promise<JSONWebKeySet> {
    const keys = await findPublishedKeys(this.em.fork(), new Date(Date.now() - PUBLISHED_AFTER_RETIREMENT_MS));
    return { keys: keys.map((key) => ({ ...key.publicKey, kid: key.id, alg: 'EdDSA', use: 'sig' })) };
  }

  /** An access token for a session of a user. */
  async issueAccessToken(
    user: Pick<User, 'id' | 'role' | 'locale' | 'email' | 'emailVerifiedAt'>,
    sessionId: string,
    now: Date,
  ): Promise<{ token: string; expiresAt: Date }> {
    const { kid, key } = await this.currentSigner();
    const issuedAt = Math.floor(now.getTime() / 1000);
    const expiresAt = issuedAt + ACCESS_TOKEN_SECONDS;
    const token = await new SignJWT({ sid: sessionId, role: user.role, ver: isVerified(user), loc: user.locale })
      .setProtectedHeader({ alg: 'EdDSA', typ: ACCESS_TOKEN.type, kid })
      .setIssuer(ACCESS_TOKEN.issuer)
      .setAudience(ACCESS_TOKEN.audience)
      .setSubject(user.id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { token, expiresAt: new Date(expiresAt * 1000) };
  }

  /**
   * Replaces the signing key once it is 30 days old and forgets keys that nothing needs. Nobody is signed out: the
   * old public key stays published until the last token that it signed has expired.
   */
  async rotate(now: Date): Promise<boolean> {
    const next = await this.generate(now);
    const rotated = await transaction(this.em, async (tx) => {
      await deleteKeysRetiredBefore(tx, new Date(now.getTime() - PUBLISHED_AFTER_RETIREMENT_MS));
      if (!(await retireActiveKey(tx, new Date(now.getTime() - ROTATE_AFTER_MS), now))) return false;
      await insertActiveKey(tx, next);
      return true;
    });
    if (rotated) this.signer = undefined;
    return rotated;
  }

  private async currentSigner(): Promise<Signer> {
    if (this.signer && performance.now() - this.signer.readAt < REREAD_AFTER_MS) return this.signer;
    const em = this.em.fork();
    let active = await findActiveKey(em);
    if (!active) {
      await insertActiveKey(em, await this.generate(new Date()));
      active = await findActiveKey(em.fork());
    }
    if (!active) throw new Error('There is no signing key and none could be made; look at accounts.signing_keys');
    const privateKey: JWK = JSON.parse(unseal(active.sealedPrivateKey, this.sealKey));
    this.signer = { kid: active.id, key: await importJWK(privateKey, 'EdDSA'), readAt: performance.now() };
    return this.signer;
  }

  private async generate(now: Date): Promise<SigningKey> {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    return Object.assign(new SigningKey(), {
      id: newId(),
      active: true,
      publicKey: await exportJWK(pair.publicKey),
      sealedPrivateKey: seal(JSON.stringify(await exportJWK(pair.privateKey)), this.sealKey),
      createdAt: now,
      retiredAt: null,
    });
  }
}
