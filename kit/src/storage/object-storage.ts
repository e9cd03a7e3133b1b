import type { Readable } from 'node:stream';

/** How a client may put one file. */
export interface SignPutOptions {
  /** The signature holds for this content type only. */
  contentType: string;
  /** The signature holds for exactly so many bytes. */
  size: number;
  expiresInSeconds: number;
}

/** How a client may get one file. */
export interface SignGetOptions {
  /** Seven days at most. */
  expiresInSeconds: number;
  /** Makes browsers save the file under this name; without it they may show it. */
  downloadName?: string;
  /**
   * Gives the same URL to everybody who asks within a window of so many seconds, so that caches know it; it then lasts
   * up to so many seconds less.
   *
   * @default 0
   */
  stableForSeconds?: number;
}

/** A PUT that a client may send: exactly these headers, and a body of exactly the signed size. */
export interface SignedPut {
  url: string;
  headers: Record<string, string>;
}

/**
 * Files by key, outside the database. A key is made by us, of lower-case letters, digits and `. _ -` in segments separated
 * by `/`; it is never a client's text, and no key is the folder of another.
 *
 * Every method throws inside an open database transaction: commit first, call, then store the result.
 */
export interface ObjectStorage {
  /** Stores a file; what was there before is replaced at once, and nobody sees half of it. */
  put(key: string, body: Uint8Array | Readable, options: { contentType: string }): Promise<void>;
  /** The file's bytes; end or destroy the stream. @throws ObjectNotFoundError when there is none */
  get(key: string): Promise<Readable>;
  /** What is known of a file without reading it. */
  head(key: string): Promise<{ size: number; contentType: string } | undefined>;
  /** Keys that begin with `prefix`, in no particular order. */
  list(prefix: string): AsyncIterable<string>;
  /** Removes files for good; repeating it changes nothing. */
  remove(keys: readonly string[]): Promise<void>;
  /** Lets whoever has the answer put one file, and replace it, until it expires. */
  signPut(key: string, options: SignPutOptions): Promise<SignedPut>;
  /** Lets whoever has the URL get one file until it expires. Does not look whether there is one. */
  signGet(key: string, options: SignGetOptions): Promise<string>;
  close(): Promise<void>;
}

/** There is no file with this key. */
export class ObjectNotFoundError extends Error {
  override readonly name = 'ObjectNotFoundError';
  readonly code = 'OBJECT_NOT_FOUND';

  constructor(key: string, options?: ErrorOptions) {
    super(`There is no file "${key}" in the storage`, options);
  }
}
