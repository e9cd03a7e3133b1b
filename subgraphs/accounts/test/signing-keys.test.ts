import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SigningKey } from '../src/signing-keys/signing-key.entity.js';
import { SigningKeyService } from '../src/signing-keys/signing-key.service.js';
import { User } from '../src/users/user.entity.js';

const SECRET = 'a secret of these tests, long enough to be one';
const DAY_MS = 24 * 60 * 60 * 1000;

let graph: TestGraph;
let em: EntityManager;
let user: User;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  const accounts = graph.rooms.get('accounts');
  if (!accounts) throw new Error('accounts did not start');
  em = accounts.orm.em;
  const { userId } = await graph.person('STUDENT');
  user = await em.fork().findOneOrFail(User, { id: userId });
});

afterAll(() => graph.close());

beforeEach(async () => {
  await em.fork().nativeDelete(SigningKey, {});
});

function service(secret = SECRET): SigningKeyService {
  return new SigningKeyService(em, secret);
}

function issue(keys: SigningKeyService) {
  return keys.issueAccessToken(user, '01900000-0000-7000-8000-000000000001', new Date());
}

describe('keys that sign access tokens', () => {
  it('are made once, when several replicas start together', async () => {
    await Promise.all([1, 2, 3, 4].map(() => service().ensureKey()));
    expect((await service().jwks()).keys).toHaveLength(1);
  });

  it('never show their private half, and are sealed in the database', async () => {
    const keys = service();
    await keys.ensureKey();
    expect(JSON.stringify(await keys.jwks())).not.toContain('"d"');
    const [stored] = await em.fork().find(SigningKey, {});
    expect(stored?.sealedPrivateKey).not.toContain('OKP');
  });

  it('cannot be used with another secret, and say so', async () => {
    await service().ensureKey();
    await expect(issue(service('another secret, also long enough to be one'))).rejects.toThrow('SECRET_KEY');
  });

  it('sign whether the account is verified: by its address, or by having none', async () => {
    const keys = service();
    const verifier = createAccessTokenVerifier(() => keys.jwks());
    const isVerified = async (account: Partial<User>) => {
      const { token } = await keys.issueAccessToken({ ...user, ...account }, newId(), new Date());
      return (await verifier.verify(token)).isVerified;
    };
    expect(await isVerified({ email: 'anna@test.tutorgraph.example', emailVerifiedAt: new Date() })).toBe(true);
    expect(await isVerified({ email: 'anna@test.tutorgraph.example', emailVerifiedAt: null })).toBe(false);
    expect(await isVerified({ email: null, emailVerifiedAt: null })).toBe(true);
  });

  it('are replaced after 30 days, once by however many replicas, and nobody is signed out', async () => {
    const keys = service();
    const before = await issue(keys);
    const later = new Date(Date.now() + 31 * DAY_MS);
    const rotated = await Promise.all([keys.rotate(later), service().rotate(later), service().rotate(later)]);
    expect(rotated.filter(Boolean)).toHaveLength(1);
    const after = await issue(service());
    expect(decodeProtectedHeader(after.token).kid).not.toBe(decodeProtectedHeader(before.token).kid);
    const verifier = createAccessTokenVerifier(() => service().jwks());
    expect((await verifier.verify(before.token)).userId).toBe(user.id);
    expect((await verifier.verify(after.token)).userId).toBe(user.id);
  });

  it('stay as they are before that', async () => {
    const keys = service();
    await keys.ensureKey();
    expect(await keys.rotate(new Date(Date.now() + 29 * DAY_MS))).toBe(false);
  });

  it('are forgotten when no token can name them any longer', async () => {
    const keys = service();
    await keys.ensureKey();
    await keys.rotate(new Date(Date.now() + 31 * DAY_MS));
    await keys.rotate(new Date(Date.now() + 32 * DAY_MS));
    expect(await em.fork().count(SigningKey, {})).toBe(1);
  });
});
