import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseUnavailableError } from './unavailable.js';

/** A folder held by this process until it is released or the process dies, however it dies. */
export interface DataLock {
  release(): void;
}

const SQLITE_BUSY = 5;
/** Node has no file locks; SQLite's exclusive transaction is one, and the system drops it with the process. */
const held = new Set<DatabaseSync>();

/**
 * Takes the data folder for this process alone, before anything in it is opened: the embedded database does not lock,
 * and two processes in one folder lose committed rows. Makes the folder if need be and closes it to other users.
 *
 * @throws DatabaseUnavailableError naming the folder and the process that holds it
 */
export function lockDataDirectory(directory: string): DataLock {
  const folder = resolve(directory);
  const pidFile = join(folder, 'lock.pid');
  const lock = prepare(folder, () => tryLock(join(folder, 'lock')));
  if (!lock) {
    throw new DatabaseUnavailableError(
      `The data folder ${folder} is in use by process ${readPid(pidFile)}; stop that process, or set DATA_DIR to another folder.`,
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      if (!held.has(lock)) return;
      rmSync(pidFile, { force: true });
      free(lock);
    },
  };
}

/** Runs `work` while no other process (or caller in this one) runs work under the same lock file; waits for its turn. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  let lock = tryLock(file);
  while (!lock) {
    await delay(25);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    free(lock);
  }
}

function prepare<T>(folder: string, take: () => T): T {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    return take();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseUnavailableError(
      `The data folder ${folder} cannot be used (${reason}); make it this user's own and writable, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

function tryLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && Reflect.get(error, 'errcode') === SQLITE_BUSY) return undefined;
    throw error;
  }
  // Kept from the garbage collector, which would close it and give the folder away.
  held.add(lock);
  return lock;
}

function free(lock: DatabaseSync): void {
  held.delete(lock);
  lock.close();
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return '(just starting)';
  }
}
