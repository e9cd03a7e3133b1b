import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const ANSWER_WITHIN_MS = 5_000;
// jose checks each key as it imports it.
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * The public keys of access tokens as the accounts service publishes them.
 *
 * @param url the JWKS document
 * @returns asks for it anew each time; throws when there is no answer within five seconds or it holds no keys
 */
export function remoteKeys(url: string): () => Promise<JSONWebKeySet> {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!response.ok) throw new Error(`The public keys at ${url} answered ${response.status}`);
    return keySet.parse(await response.json());
  };
}
