import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { CODE_DIGITS } from './verification-code.rules.js';

/**
 * Makes codes from their ids and a key of ours: whoever delivers one derives it again, so that no table, event or job
 * ever holds it. Only a keyed hash is stored; without the key nobody can try the ten thousand codes against it.
 */
export class CodeSecret {
  private readonly key: Buffer;

  /** @param secret the settings' secret, from which a key for nothing else is derived */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'tutorgraph verification codes', 32));
  }

  /** The code of an id; all are as likely but for a part in 10^15. */
  codeOf(id: string): string {
    const number = this.digest(`code ${id}`).readBigUInt64BE() % BigInt(10 ** CODE_DIGITS);
    return String(number).padStart(CODE_DIGITS, '0');
  }

  /** What is stored of a code. */
  hashOf(id: string, code: string): string {
    return this.digest(`hash ${id} ${code}`).toString('base64url');
  }

  /** What is stored where no code may ever be right. */
  hashOfNothing(): string {
    return randomBytes(32).toString('base64url');
  }

  /** Is this the code? Takes the same time whatever the answer. */
  isRight(id: string, code: string, hash: string): boolean {
    const expected = Buffer.from(hash, 'base64url');
    const actual = Buffer.from(this.hashOf(id, code), 'base64url');
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }

  private digest(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
