import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../database/id.js';
import { ACCESS_TOKEN, type AccessTokenVerifier, createAccessTokenVerifier } from './access-token.js';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

let own: Pair;
let foreign: Pair;
let verifier: AccessTokenVerifier;
let asked = 0;

beforeAll(async () => {
  own = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  foreign = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicKey = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'EdDSA' };
  verifier = createAccessTokenVerifier(async () => {
    asked += 1;
    return { keys: [publicKey] };
  });
});

const person = { sid: newId(), role: 'STUDENT', loc: 'ru' };

interface Changes {
  issuer?: string;
  audience?: string;
  type?: string;
  kid?: string;
  expiresIn?: number;
  foreign?: boolean;
  claims?: JWTPayload;
}

function token(changes: Changes = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...person, ...changes.claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: changes.type ?? ACCESS_TOKEN.type, kid: changes.kid ?? 'own' })
    .setIssuer(changes.issuer ?? ACCESS_TOKEN.issuer)
    .setAudience(changes.audience ?? ACCESS_TOKEN.audience)
    .setSubject('01900000-0000-7000-8000-000000000001')
    .setExpirationTime(now + (changes.expiresIn ?? 60))
    .sign((changes.foreign ? foreign : own).privateKey);
}

describe('an access token', () => {
  it('tells who asks', async () => {
    expect(await verifier.verify(await token())).toMatchObject({
      kind: 'user',
      userId: '01900000-0000-7000-8000-000000000001',
      role: 'STUDENT',
      locale: 'ru',
      sessionId: person.sid,
    });
  });

  it('tells whether the address is proven, and when it does not tell, it is not', async () => {
    const states = [{ ver: true }, { ver: false }, {}];
    const viewers = states.map(async (claims) => verifier.verify(await token({ claims })));
    expect((await Promise.all(viewers)).map(({ isVerified }) => isVerified)).toEqual([true, false, false]);
  });

  it.each<[string, Changes]>([
    ['has expired', { expiresIn: -1 }],
    ['is meant for another audience', { audience: 'somewhere-else' }],
    ['comes from another issuer', { issuer: 'somebody-else' }],
    ['is of another type', { type: 'service+jwt' }],
    ['is signed with a foreign key under our key’s name', { foreign: true }],
    ['names a role that does not exist', { claims: { role: 'OWNER' } }],
    ['names no session', { claims: { sid: 'none' } }],
  ])('is refused when it %s', async (_why, changes) => {
    const forged = await token(changes);
    await expect(verifier.verify(forged)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('is refused when it is not signed at all', async () => {
    const unsigned = new UnsecuredJWT(person).setSubject(newId()).setExpirationTime('1m').encode();
    await expect(verifier.verify(unsigned)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('is refused when a letter of it was changed', async () => {
    const [header, payload = '', signature] = (await token()).split('.');
    const changed = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('STUDENT', 'ADMIN')).toString(
      'base64url',
    );
    await expect(verifier.verify([header, changed, signature].join('.'))).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('does not make us ask for keys again for every name that somebody invents', async () => {
    await verifier.verify(await token());
    const before = asked;
    const invented = await Promise.all(Array.from({ length: 20 }, (_, index) => token({ kid: `invented-${index}` })));
    await Promise.allSettled(invented.map((forged) => verifier.verify(forged)));
    expect(asked - before).toBeLessThanOrEqual(1);
  });

  it('is not called wrong when the keys cannot be had', async () => {
    const unreachable = createAccessTokenVerifier(async () => {
      throw new Error('connection refused');
    });
    await expect(unreachable.verify(await token())).rejects.toMatchObject({
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  });
});
