import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { SupergraphRefused } from './supergraph-refused.js';
import type { PublishedSupergraph, PublishedText } from './supergraph-source.js';

/**
 * Reads an Ed25519 public key: PEM, or the base64 text between its lines.
 *
 * @throws when it is none
 */
export function readPublicKey(text: string): KeyObject {
  const body = text.replaceAll(/-----[^-]+-----|\\n|\s/g, '');
  const key = createPublicKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`Expected an Ed25519 key, got ${key.asymmetricKeyType}`);
  return key;
}

/** @throws SupergraphRefused unless every text has a signature by the key */
export function assertSigned({ supergraph, broadcasts }: PublishedSupergraph, key: KeyObject): void {
  assertTextSigned('supergraph', supergraph, key);
  if (broadcasts) assertTextSigned('list of broadcasts', broadcasts, key);
}

function assertTextSigned(what: string, { bytes, signature }: PublishedText, key: KeyObject): void {
  if (!signature) throw new SupergraphRefused('unsigned', `The ${what} has no signature`);
  if (verify(null, bytes, key, Buffer.from(signature, 'base64'))) return;
  throw new SupergraphRefused(
    'unsigned',
    `The ${what}'s signature is not by SUPERGRAPH_PUBLIC_KEY, or of another text`,
  );
}
