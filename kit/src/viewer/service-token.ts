import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { unauthenticated } from '../graphql/errors.js';
import type { ServiceViewer } from './viewer.js';

/** The `typ` header that tells a service token from a person's access token. */
export const SERVICE_TOKEN_TYPE = 'service+jwt';
const LIFETIME_SECONDS = 60;
const RENEW_BEFORE_SECONDS = 15;

/** One service's identity: its private key and the public keys of all. */
export interface ServiceIdentity {
  service: string;
  privateKey: JWK;
  /** Public keys of every service; `kid` is the service's name. */
  publicKeys: JSONWebKeySet;
}

/** Makes fresh identities for processes that start together, as the single process does. */
export async function createServiceIdentities(services: readonly string[]): Promise<Map<string, ServiceIdentity>> {
  const publicKeys: JSONWebKeySet = { keys: [] };
  const identities = new Map<string, ServiceIdentity>();
  for (const service of services) {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    publicKeys.keys.push({ ...(await exportJWK(pair.publicKey)), kid: service, alg: 'EdDSA', use: 'sig' });
    identities.set(service, { service, privateKey: await exportJWK(pair.privateKey), publicKeys });
  }
  return identities;
}

/** Signs this service's own tokens; a token is used again until shortly before its minute is over. */
export class ServiceTokens {
  private readonly issued = new Map<string, { token: string; expiresAt: number }>();

  constructor(private readonly identity: ServiceIdentity) {}

  /**
   * @param audience the one subgraph that may accept the token
   * @param scopes entity fields to read, such as `User.displayName`
   * @param lasting for how many seconds it is good at least
   */
  async issue(audience: string, scopes: readonly string[], lasting = RENEW_BEFORE_SECONDS): Promise<string> {
    const key = JSON.stringify([audience, scopes]);
    const now = Math.floor(Date.now() / 1000);
    const held = this.issued.get(key);
    if (held && held.expiresAt - lasting > now) return held.token;
    const token = await new SignJWT({ scope: scopes.join(' ') })
      .setProtectedHeader({ alg: 'EdDSA', typ: SERVICE_TOKEN_TYPE, kid: this.identity.service })
      .setSubject(this.identity.service)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_SECONDS)
      .sign(await importJWK(this.identity.privateKey, 'EdDSA'));
    this.issued.set(key, { token, expiresAt: now + LIFETIME_SECONDS });
    return token;
  }
}

const claims = z.object({ sub: z.string().min(1), scope: z.string(), iat: z.number() });

/**
 * Verifies a service's token for one audience. One that has been verified is remembered by its hash for its minute: the
 * gateway sends the same with every request.
 *
 * @param publicKeys the same object each time, which does not change
 * @throws UNAUTHENTICATED also when the signer is not the service that the token names
 */
export async function verifyServiceToken(
  token: string,
  audience: string,
  publicKeys: JSONWebKeySet,
): Promise<ServiceViewer> {
  const trusted = trustedKeys.get(publicKeys) ?? { keys: createLocalJWKSet(publicKeys), verified: rememberedTokens() };
  trustedKeys.set(publicKeys, trusted);
  const digest = createHash('sha256').update(token).digest('base64url');
  const name = `${audience} ${digest}`;
  const known = trusted.verified.get(name);
  if (known && known.until > Date.now()) return known.viewer;
  const verified = await check(token, audience, trusted.keys);
  trusted.verified.set(name, verified);
  return verified.viewer;
}

interface Verified {
  viewer: ServiceViewer;
  /** Milliseconds since the epoch. */
  until: number;
}

interface TrustedKeys {
  keys: ReturnType<typeof createLocalJWKSet>;
  verified: LRUCache<string, Verified>;
}

const trustedKeys = new WeakMap<JSONWebKeySet, TrustedKeys>();

function rememberedTokens(): LRUCache<string, Verified> {
  return new LRUCache({ max: 1_000 });
}

async function check(token: string, audience: string, keys: TrustedKeys['keys']): Promise<Verified> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      audience,
      typ: SERVICE_TOKEN_TYPE,
      maxTokenAge: LIFETIME_SECONDS,
    });
    const { sub, scope, iat } = claims.parse(payload);
    if (protectedHeader.kid !== sub) throw new Error('signed by another service than it names');
    const viewer: ServiceViewer = { kind: 'service', service: sub, scopes: scope.split(' ').filter(Boolean) };
    const end = Math.min(iat + LIFETIME_SECONDS, payload.exp ?? Number.POSITIVE_INFINITY);
    return { viewer, until: end * 1_000 };
  } catch (cause) {
    throw unauthenticated('The service token is not valid', cause);
  }
}
