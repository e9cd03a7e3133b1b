import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { EnvironmentError } from '../environment/environment.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a key is for: what was sealed for one purpose cannot be read as another. */
export interface SealKey {
  /** The settings' SECRET_KEY. */
  secret: string;
  /** Such as `signing keys`; goes into the derivation of the key. */
  purpose: string;
}

function keyOf({ secret, purpose }: SealKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `tutorgraph ${purpose}`, 32));
}

/** Encrypts a text with AES-256-GCM under a key derived from the settings' secret. */
export function seal(text: string, key: SealKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Decrypts what {@link seal} made. @throws EnvironmentError when the secret is another or the text was changed */
export function unseal(sealed: string, key: SealKey): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new EnvironmentError(
      `The ${key.purpose} were sealed with another SECRET_KEY; start with the one that sealed them`,
      {
        cause,
      },
    );
  }
}
