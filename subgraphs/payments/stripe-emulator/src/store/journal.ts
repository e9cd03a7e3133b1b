import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredObject } from './table.js';

/** One change: what is now under this id, or nothing. */
export type Change = readonly [kind: string, account: string, id: string, object: StoredObject | null];

const FILE = 'journal.jsonl';

/**
 * What has been committed, one commit a line, in a file that only grows until the next start. A commit is in the file
 * before anybody hears of it, so that a killed process loses nothing that it has answered.
 */
export class Journal {
  private file: number | undefined;
  private length = 0;
  private readonly path: string;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, FILE);
  }

  /** Everything written so far; a last line that a dying process did not finish never happened. */
  *read(): Generator<readonly Change[]> {
    for (const line of existsSync(this.path) ? linesOf(this.path) : []) yield JSON.parse(line);
  }

  /** Begins anew with the state as it is, in a file that replaces the old one at once. */
  restart(state: Iterable<Change>): void {
    const draft = join(this.folder, `${FILE}.new`);
    this.file = openSync(draft, 'w');
    this.length = 0;
    for (const change of state) this.append([change]);
    renameSync(draft, this.path);
  }

  /** @throws when the disk does; nothing of the line is left then */
  append(changes: readonly Change[]): void {
    if (this.file === undefined) throw new Error('The journal is closed');
    const line = Buffer.from(`${JSON.stringify(changes)}\n`);
    try {
      for (let written = 0; written < line.length; ) {
        written += writeSync(this.file, line, written, line.length - written, this.length + written);
      }
    } catch (error) {
      ftruncateSync(this.file, this.length);
      throw error;
    }
    this.length += line.length;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** Whole lines of a file that may be longer than a text can be. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(1 << 20);
    let begun: Buffer[] = [];
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1 && end < length; end = chunk.indexOf(10, from)) {
        yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
        begun = [];
        from = end + 1;
      }
      // The chunk is written over by the next one.
      begun.push(Buffer.from(chunk.subarray(from, length)));
    }
  } finally {
    closeSync(file);
  }
}
