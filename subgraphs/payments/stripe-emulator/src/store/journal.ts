import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
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
    if (!existsSync(this.path)) return;
    const lines = readFileSync(this.path, 'utf8').split('\n');
    lines.pop();
    for (const line of lines) yield JSON.parse(line);
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
