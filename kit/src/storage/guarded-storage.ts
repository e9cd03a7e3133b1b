import type { Readable } from 'node:stream';
import { assertOutsideTransaction } from '../database/transaction.js';
import type { ObjectStorage, SignedPut, SignGetOptions, SignPutOptions } from './object-storage.js';

const LONGEST_KEY = 512;
/** Lower case only: some disks do not tell `a` from `A`. A segment begins with a letter or digit, so that none is `..`. */
const KEY = /^[a-z0-9][a-z0-9._-]{0,127}(?:\/[a-z0-9][a-z0-9._-]{0,127})*$/;
const PREFIX = /^[a-z0-9._/-]*$/;
const LONGEST_SIGNATURE_SECONDS = 7 * 24 * 60 * 60;

/** Is this a key that every storage can hold? */
export function isObjectKey(text: string): boolean {
  return text.length <= LONGEST_KEY && KEY.test(text);
}

/** Lets only well-formed keys through to a storage, and nothing inside a database transaction. */
export class GuardedStorage implements ObjectStorage {
  constructor(private readonly inner: ObjectStorage) {}

  async put(key: string, body: Uint8Array | Readable, options: { contentType: string }): Promise<void> {
    guard(key);
    await this.inner.put(key, body, options);
  }

  async get(key: string): Promise<Readable> {
    guard(key);
    return this.inner.get(key);
  }

  async head(key: string): Promise<{ size: number; contentType: string } | undefined> {
    guard(key);
    return this.inner.head(key);
  }

  list(prefix: string): AsyncIterable<string> {
    assertOutsideTransaction('The file storage');
    if (!PREFIX.test(prefix)) throw new Error(`"${prefix}" begins no key of the storage`);
    return this.inner.list(prefix);
  }

  async remove(keys: readonly string[]): Promise<void> {
    assertOutsideTransaction('The file storage');
    for (const key of keys) guard(key);
    await this.inner.remove(keys);
  }

  async signPut(key: string, options: SignPutOptions): Promise<SignedPut> {
    guard(key);
    guardExpiry(options.expiresInSeconds);
    return this.inner.signPut(key, options);
  }

  async signGet(key: string, options: SignGetOptions): Promise<string> {
    guard(key);
    guardExpiry(options.expiresInSeconds);
    return this.inner.signGet(key, options);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

function guard(key: string): void {
  assertOutsideTransaction('The file storage');
  if (!isObjectKey(key)) throw new Error(`"${key}" is not a key of the storage: lower-case segments separated by /`);
}

function guardExpiry(seconds: number): void {
  if (seconds >= 1 && seconds <= LONGEST_SIGNATURE_SECONDS) return;
  throw new Error(`A signed URL lasts from one second to seven days, not ${seconds} seconds`);
}
