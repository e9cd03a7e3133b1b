import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Signs what an address allows, and until when: whoever has the address needs nothing else, and nobody can make one without
 * the secret. An address for one purpose cannot be used for another.
 */
export class SignedQueries {
  private readonly key: Uint8Array;

  /** @param purpose such as `report exports`; goes into the derivation of the key */
  constructor(secretKey: string, purpose: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', `tutorgraph ${purpose}`, 32));
  }

  /** A query string that allows this until then. */
  sign(grant: Readonly<Record<string, string>>, expiresAt: Date): string {
    const signed = { ...grant, expires: expiresAt.toISOString() };
    return String(new URLSearchParams({ ...signed, signature: this.digest(signed).toString('base64url') }));
  }

  /** What a query allows; null when it was not signed by us, or is too old. */
  read(query: Readonly<Record<string, unknown>>, now: Date): Record<string, string> | null {
    const { signature, ...signed } = query;
    const words = Object.entries(signed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    if (typeof signature !== 'string' || words.length !== Object.keys(signed).length) return null;
    const grant = Object.fromEntries(words);
    const [given, right] = [Buffer.from(signature, 'base64url'), this.digest(grant)];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const { expires = '', ...allowed } = grant;
    return now.toISOString() < expires ? allowed : null;
  }

  private digest(words: Readonly<Record<string, string>>): Buffer {
    const sorted = Object.entries(words).sort(([one], [other]) => (one < other ? -1 : 1));
    return createHmac('sha256', this.key).update(JSON.stringify(sorted)).digest();
  }
}
