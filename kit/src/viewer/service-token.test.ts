import { importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens, verifyServiceToken } from './service-token.js';

let identities: Map<string, ServiceIdentity>;

beforeAll(async () => {
  identities = await createServiceIdentities(['gateway', 'marketplace']);
});

function identityOf(service: string): ServiceIdentity {
  const identity = identities.get(service);
  if (!identity) throw new Error(service);
  return identity;
}

describe('a service token', () => {
  it('tells which service asks for which fields', async () => {
    const { publicKeys } = identityOf('gateway');
    const token = await new ServiceTokens(identityOf('marketplace')).issue('accounts', ['User.displayName']);
    expect(await verifyServiceToken(token, 'accounts', publicKeys)).toEqual({
      kind: 'service',
      service: 'marketplace',
      scopes: ['User.displayName'],
    });
  });

  it('is used again for the same audience and scopes', async () => {
    const tokens = new ServiceTokens(identityOf('marketplace'));
    expect(await tokens.issue('accounts', ['a'])).toBe(await tokens.issue('accounts', ['a']));
    expect(await tokens.issue('accounts', ['a'])).not.toBe(await tokens.issue('accounts', ['a', 'b']));
  });

  it('is refused by every audience but its own', async () => {
    const token = await new ServiceTokens(identityOf('marketplace')).issue('accounts', []);
    await expect(verifyServiceToken(token, 'payments', identityOf('gateway').publicKeys)).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('that was verified is refused by another audience all the same, and by its own once its minute is over', async () => {
    const { publicKeys } = identityOf('gateway');
    const token = await new ServiceTokens(identityOf('marketplace')).issue('accounts', []);
    const verify = (audience: string) => verifyServiceToken(token, audience, publicKeys);
    await verify('accounts');
    await expect(verify('payments')).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 59_000 });
    try {
      expect(await verify('accounts')).toMatchObject({ service: 'marketplace' });
      vi.setSystemTime(Date.now() + 2_000);
      await expect(verify('accounts')).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is refused when a service signs in the name of another', async () => {
    const { privateKey, publicKeys } = identityOf('marketplace');
    const forged = await new SignJWT({ scope: 'rights' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt', kid: 'marketplace' })
      .setSubject('gateway')
      .setAudience('accounts')
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(await importJWK(privateKey, 'EdDSA'));
    await expect(verifyServiceToken(forged, 'accounts', publicKeys)).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('is refused when it claims a longer life than a minute', async () => {
    const { privateKey, publicKeys } = identityOf('marketplace');
    const old = await new SignJWT({ scope: '' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt', kid: 'marketplace' })
      .setSubject('marketplace')
      .setAudience('accounts')
      .setIssuedAt(Math.floor(Date.now() / 1000) - 120)
      .setExpirationTime('1h')
      .sign(await importJWK(privateKey, 'EdDSA'));
    await expect(verifyServiceToken(old, 'accounts', publicKeys)).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });
});
