import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SupergraphRefused } from './supergraph-refused.js';
import {
  BROADCASTS_FILE,
  type PublishedSupergraph,
  type PublishedText,
  SIGNATURE_SUFFIX,
  type SupergraphSource,
} from './supergraph-source.js';

/** Editors and copies write in several steps. */
const SETTLE_MS = 100;

/** A supergraph in a file. */
export class SupergraphFile implements SupergraphSource {
  readonly name: string;
  private lastDigest: string | undefined;

  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
  ) {
    this.name = path;
  }

  async read(): Promise<PublishedSupergraph | undefined> {
    const [supergraph, broadcasts] = await Promise.all([
      this.readSigned(this.path),
      this.readSigned(join(dirname(this.path), BROADCASTS_FILE)),
    ]);
    if (!supergraph) throw new SupergraphRefused('unavailable', `There is no supergraph file ${this.path}`);
    const digest = digestOf({ supergraph, broadcasts });
    if (digest === this.lastDigest) return undefined;
    this.lastDigest = digest;
    return { supergraph, broadcasts };
  }

  forget(): void {
    this.lastDigest = undefined;
  }

  /** Watches the folder: a file that is replaced by another one, or behind a link that is, would be lost sight of. */
  watch(onChange: () => void): () => void {
    let settling: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(settling);
      settling = setTimeout(onChange, SETTLE_MS);
    };
    const end = watchFolder(dirname(this.path), settle);
    return () => {
      clearTimeout(settling);
      end();
    };
  }

  private async readSigned(path: string): Promise<PublishedText | undefined> {
    const [bytes, signature] = await Promise.all([this.readBounded(path), this.readBounded(path + SIGNATURE_SUFFIX)]);
    return bytes && { bytes, signature: signature?.toString('utf8').trim() };
  }

  private async readBounded(path: string): Promise<Buffer | undefined> {
    try {
      const { size } = await stat(path);
      if (size > this.maxBytes) throw new Error(`It has ${size} bytes, more than SUPERGRAPH_MAX_BYTES allows`);
      return await readFile(path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new SupergraphRefused('unavailable', `${path} cannot be read`, error);
    }
  }
}

/** Where the system cannot watch, such as on some network drives, looking again every so often has to do. */
function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

function digestOf({ supergraph, broadcasts }: PublishedSupergraph): string {
  const hash = createHash('sha256');
  for (const text of [supergraph, broadcasts]) {
    hash.update(JSON.stringify([text?.bytes.length, text?.signature]));
    if (text) hash.update(text.bytes);
  }
  return hash.digest('hex');
}
