import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, opendir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileSignatures } from './file-signatures.js';
import {
  ObjectNotFoundError,
  type ObjectStorage,
  type SignedPut,
  type SignGetOptions,
  type SignPutOptions,
} from './object-storage.js';

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;
const MOST_ATTEMPTS = 5;

/**
 * Files in a folder of this machine: `objects/<key>` holds the bytes, `types/<key>` the content type. What comes in is
 * written to `incoming/` and renamed when all of it is on the disk.
 */
export class DiskStorage implements ObjectStorage {
  readonly objects: string;
  private readonly types: string;
  private readonly incoming: string;

  /** @param address where the folder's file routes are reached, such as `http://127.0.0.1:4000/files` */
  constructor(
    folder: string,
    private readonly signatures: FileSignatures,
    private readonly address: () => string,
  ) {
    this.objects = join(folder, 'objects');
    this.types = join(folder, 'types');
    this.incoming = join(folder, 'incoming');
  }

  /** Makes the folders, and removes what a process left half-written when it was killed. */
  async prepare(now = Date.now()): Promise<void> {
    for (const folder of [this.objects, this.types, this.incoming])
      await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.incoming)) {
      const path = join(this.incoming, name);
      const found = await stat(path).catch(ignoreAbsent);
      if (found && now - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
    }
  }

  async put(key: string, body: Uint8Array | Readable, { contentType }: { contentType: string }): Promise<void> {
    await this.writeWhole(join(this.objects, key), body, () => this.writeWhole(join(this.types, key), contentType));
  }

  async get(key: string): Promise<Readable> {
    const file = await open(join(this.objects, key), constants.O_RDONLY).catch((cause: unknown) => {
      throw isAbsent(cause) ? new ObjectNotFoundError(key, { cause }) : cause;
    });
    return file.createReadStream();
  }

  async head(key: string): Promise<{ size: number; contentType: string } | undefined> {
    const found = await stat(join(this.objects, key)).catch(ignoreAbsent);
    if (!found?.isFile()) return undefined;
    const contentType = await readFile(join(this.types, key), 'utf8').catch(ignoreAbsent);
    return contentType === undefined ? undefined : { size: found.size, contentType };
  }

  async *list(prefix: string): AsyncIterable<string> {
    const folder = await opendir(this.objects, { recursive: true });
    for await (const entry of folder) {
      const key = relative(this.objects, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
      if (entry.isFile() && key.startsWith(prefix)) yield key;
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      for (const root of [this.objects, this.types]) {
        await rm(join(root, key), { force: true }).catch(ignoreAbsent);
        await removeEmptyFolders(dirname(join(root, key)), root);
      }
    }
  }

  async signPut(key: string, { contentType, size, expiresInSeconds }: SignPutOptions): Promise<SignedPut> {
    const expires = expiry(expiresInSeconds);
    const signature = this.signatures.sign({ method: 'PUT', key, contentType, size, expires });
    return { url: this.url(key, { expires: String(expires), signature }), headers: { 'content-type': contentType } };
  }

  async signGet(key: string, { expiresInSeconds, downloadName, stableForSeconds }: SignGetOptions): Promise<string> {
    const expires = expiry(expiresInSeconds, stableForSeconds);
    const signature = this.signatures.sign({ method: 'GET', key, downloadName, expires });
    const name = downloadName !== undefined && { name: downloadName };
    return this.url(key, { expires: String(expires), ...name, signature });
  }

  async close(): Promise<void> {}

  private url(key: string, parameters: Record<string, string>): string {
    return `${this.address()}/${key}?${new URLSearchParams(parameters)}`;
  }

  /** @param beforeSeen runs when all is written, before anybody can see it */
  private async writeWhole(
    path: string,
    body: string | Uint8Array | Readable,
    beforeSeen: () => Promise<void> = async () => {},
  ): Promise<void> {
    const written = join(this.incoming, randomUUID());
    try {
      await writeFile(written, body, { flag: 'wx', mode: 0o600, flush: true });
      await beforeSeen();
      await moveInto(written, path);
    } finally {
      await rm(written, { force: true });
    }
  }
}

/** Renames into a folder that somebody who removes a neighbour may be taking away at this moment. */
async function moveInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const made = await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    try {
      await rename(from, to);
      await flushFolder(dirname(to));
      if (made) await flushFolder(dirname(made));
      return;
    } catch (error) {
      if (!isAbsent(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** A new name lasts through a power cut only once its folder is on the disk too. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeEmptyFolders(from: string, root: string): Promise<void> {
  for (let folder = from; folder.length > root.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}

function expiry(seconds: number, stableForSeconds = 0): number {
  const now = Math.floor(Date.now() / 1000);
  return (stableForSeconds > 0 ? now - (now % stableForSeconds) : now) + seconds;
}

function isAbsent(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

function ignoreAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
