import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { type SealKey, seal, unseal } from '@tutorgraph/kit/secrets/seal';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { BadgeKey } from './certificate.entity.js';

/** The key pair that signs credentials. Made when the first one is signed; replicas that do so at once end up with the same. */
export class BadgeKeys {
  private readonly sealKey: SealKey;

  /** @param secret seals the private key at rest */
  constructor(
    private readonly em: EntityManager,
    secret: string,
  ) {
    this.sealKey = { secret, purpose: 'keys that sign credentials' };
  }

  /** Signs a credential as the proof format of Open Badges 3.0 wants it: its members are the payload, the key is in the header. */
  async sign(credential: Readonly<Record<string, unknown>>): Promise<string> {
    const { publicKey, sealedPrivateKey } = await this.active();
    const privateKey: JWK = JSON.parse(unseal(sealedPrivateKey, this.sealKey));
    return new SignJWT({ ...credential })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', jwk: publicKey })
      .sign(await importJWK(privateKey, 'EdDSA'));
  }

  /** Every public key that has ever signed. */
  async publicKeys(): Promise<JWK[]> {
    const keys = await this.em.fork().find(BadgeKey, {}, { orderBy: { createdAt: 'asc' } });
    return keys.map(({ id, publicKey }) => ({ ...publicKey, kid: id, alg: 'EdDSA', use: 'sig' }));
  }

  private async active(): Promise<BadgeKey> {
    const em = this.em.fork();
    const found = await em.findOne(BadgeKey, { active: true });
    if (found) return found;
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const key = Object.assign(new BadgeKey(), {
      id: newId(),
      active: true,
      publicKey: await exportJWK(pair.publicKey),
      sealedPrivateKey: seal(JSON.stringify(await exportJWK(pair.privateKey)), this.sealKey),
      createdAt: new Date(),
    });
    await em.upsert(BadgeKey, key, { onConflictFields: ['active'], onConflictAction: 'ignore' });
    return this.em.fork().findOneOrFail(BadgeKey, { active: true });
  }
}
