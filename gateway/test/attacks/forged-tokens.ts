import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { createServiceIdentities, SERVICE_TOKEN_TYPE, ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { UnsecuredJWT } from 'jose';

/** What a forger has: a good token, everything that is public, and services that were taken over. */
interface Forger {
  graph: TestGraph;
  /** Somebody who is signed in. */
  person: TestPerson;
  /** Whom the token is shown to. */
  target: string;
}

/** Makes an `Authorization` value that must be worth nothing. */
export type Forgery = (forger: Forger) => Promise<string>;

const TOP = 'SUPER_ADMIN';
const foreign = generateKeyPairSync('ed25519');
const minutes = (count: number): number => Math.floor(Date.now() / 1000) + count * 60;

/** Every way to forge a token that is tried, by what is wrong with it. */
export const forgeries: Readonly<Record<string, Forgery>> = {
  'its payload was changed': async ({ person }) => {
    const [header, payload, signature] = parts(person);
    return bearer(header, encode({ ...decode(payload), role: TOP }), signature);
  },
  'its signature was changed': async ({ person }) => {
    const [header, payload, signature] = parts(person);
    const bytes = Buffer.from(signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    return bearer(header, payload, bytes.toString('base64url'));
  },
  'its signature was taken off': async ({ person }) => {
    const [header, payload] = parts(person);
    return bearer(header, payload, '');
  },
  'it has expired': ({ graph, person }) => signed(graph, person, { claims: { exp: minutes(-1) } }),
  'it is not good yet': ({ graph, person }) => signed(graph, person, { claims: { nbf: minutes(5) } }),
  'it never expires': ({ graph, person }) => signed(graph, person, { claims: { exp: undefined } }),
  'it is meant for another audience': ({ graph, person }) => signed(graph, person, { claims: { aud: 'elsewhere' } }),
  'it is meant for nobody': ({ graph, person }) => signed(graph, person, { claims: { aud: undefined } }),
  'another issuer made it': ({ graph, person }) => signed(graph, person, { claims: { iss: 'somebody-else' } }),
  'it is of another type': ({ graph, person }) => signed(graph, person, { header: { typ: 'JWT' } }),
  'it calls itself unsigned (alg: none)': async ({ person }) => {
    const [, payload] = parts(person);
    return `Bearer ${new UnsecuredJWT({ ...decode(payload), role: TOP }).encode()}`;
  },
  'it calls itself unsigned and keeps type, key and signature': async ({ person }) => {
    const [header, payload, signature] = parts(person);
    return bearer(encode({ ...decode(header), alg: 'none' }), encode({ ...decode(payload), role: TOP }), signature);
  },
  'the public key was used as a secret (HS256), as raw bytes': ({ graph, person }) =>
    signed(graph, person, { header: { alg: 'HS256' }, key: Buffer.from(publicKey(graph).x ?? '', 'base64url') }),
  'the public key was used as a secret (HS256), as JSON': ({ graph, person }) =>
    signed(graph, person, { header: { alg: 'HS256' }, key: Buffer.from(JSON.stringify(publicKey(graph))) }),
  'the public key was used as a secret (HS256), as PEM': ({ graph, person }) => {
    const pem = createPublicKey({ key: publicKey(graph), format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return signed(graph, person, { header: { alg: 'HS256' }, key: Buffer.from(pem) });
  },
  'a foreign key signed it in the name of ours': ({ graph, person }) => signed(graph, person, { key: foreignKey }),
  'a foreign key signed it and came along': ({ graph, person }) => {
    const jwk = foreign.publicKey.export({ format: 'jwk' });
    return signed(graph, person, { header: { jwk: { ...jwk, kty: 'OKP' }, kid: 'mine' }, key: foreignKey });
  },
  'a foreign key signed it and says where it is to be had': ({ graph, person }) =>
    signed(graph, person, { header: { jku: 'http://127.0.0.1:1/jwks.json', kid: 'mine' }, key: foreignKey }),
  'it names a key that there is not': ({ graph, person }) => signed(graph, person, { header: { kid: 'unknown' } }),
  'it names another key of ours than the one that signed it': async ({ graph, person }) => {
    const published = await graph.rooms.get('accounts')?.parts.jwks?.();
    const [another] = published?.keys ?? [];
    if (!another?.kid) throw new Error('Accounts publishes no key');
    return signed(graph, person, { header: { kid: another.kid } });
  },
  "it is a person's and calls itself a service's": ({ graph, person, target }) =>
    signed(graph, person, {
      header: { typ: SERVICE_TOKEN_TYPE },
      claims: { sub: 'test', aud: target, scope: 'rights' },
    }),
  "it is a service's for another audience": ({ graph, target }) =>
    service(graph, target === 'accounts' ? 'marketplace' : 'accounts'),
  "it is a service's that we do not have": async ({ target }) => {
    const identity = (await createServiceIdentities(['test'])).get('test');
    if (!identity) throw new Error('There is no identity');
    return `Bearer ${await new ServiceTokens(identity).issue(target, ['rights'])}`;
  },
  "it is a service's in the name of another": async ({ graph, target }) => {
    const { privateKey, publicKeys } = graph.identityOf('test');
    const tokens = new ServiceTokens({ service: 'gateway', privateKey, publicKeys });
    return `Bearer ${await tokens.issue(target, ['rights'])}`;
  },
  'it is no token': async () => 'Bearer nonsense',
  'it is three empty parts': async () => 'Bearer ..',
  'it is a password': async () => `Basic ${Buffer.from('admin:admin').toString('base64')}`,
};

const foreignKey = foreign.privateKey;

type Changes = Parameters<TestGraph['issuer']['sign']>[1];

async function signed(graph: TestGraph, person: TestPerson, changes: Changes): Promise<string> {
  return `Bearer ${await graph.issuer.sign({ ...person, role: TOP }, changes)}`;
}

async function service(graph: TestGraph, audience: string): Promise<string> {
  return `Bearer ${await new ServiceTokens(graph.identityOf('test')).issue(audience, ['rights'])}`;
}

function publicKey({ issuer }: TestGraph): JsonWebKey {
  const [key] = issuer.publicKeys.keys;
  if (!key) throw new Error('The issuer has no key');
  return { ...key };
}

function parts({ authorization }: TestPerson): [string, string, string] {
  const [header = '', payload = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
  return [header, payload, signature];
}

function bearer(...written: [string, string, string]): string {
  return `Bearer ${written.join('.')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
