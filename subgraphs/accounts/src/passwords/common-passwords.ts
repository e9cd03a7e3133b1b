import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** The same from src and from dist. */
const file = new URL('../../data/common-passwords.txt.br', import.meta.url);

let known: ReadonlySet<string> | undefined;

/** Is this one of the 20,000 passwords of at least 10 characters that most people chose? Upper case does not help. */
export function isCommonPassword(password: string): boolean {
  // Some milliseconds, once: not worth a promise in everything that checks a password.
  known ??= new Set(brotliDecompressSync(readFileSync(file)).toString('utf8').split('\n'));
  return known.has(password.toLowerCase());
}
