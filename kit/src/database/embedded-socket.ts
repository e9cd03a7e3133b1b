import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseUnavailableError } from './unavailable.js';

const SOCKET_NAME = '.s.PGSQL.5432';
/** Systems allow 104 to 108 bytes in the path of a Unix socket. */
const LONGEST_PATH = 100;

/**
 * The folder in which the database of a data folder listens: that folder itself, or, where the path would be too long
 * for a Unix socket, one below the system's temporary folder named after it.
 */
export function socketFolder(dataDir: string): string {
  const folder = realFolder(dataDir);
  if (Buffer.byteLength(socketPath(folder)) <= LONGEST_PATH) return folder;
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `tutorgraph-${digest}`);
}

/** Makes the folder for a socket; only this user may enter it, for the embedded database has no password. */
export function makeSocketFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const foreign = process.getuid !== undefined && found.uid !== process.getuid();
  if (!found.isDirectory() || foreign || (found.mode & 0o077) !== 0) {
    throw new DatabaseUnavailableError(
      `The socket folder ${folder} is not a private folder of this user; remove it, or set DATA_DIR to a shorter path.`,
    );
  }
}

/** A socket folder of its own for a database that lives in memory. */
export function temporarySocketFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tutorgraph-memory-'));
}

/** The path of the socket, as PostgreSQL's clients look for it. */
export function socketPath(folder: string): string {
  return join(folder, SOCKET_NAME);
}

/** The address by which `pg` and MikroORM reach the socket in a folder. */
export function socketUrl(folder: string): string {
  return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
}

/** Whether a server answers at the socket; a socket file left by a killed one does not count. */
export function isListening(folder: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(socketPath(folder));
    socket.once('connect', () => {
      socket.destroy();
      answer(true);
    });
    socket.once('error', () => answer(false));
  });
}

function realFolder(dataDir: string): string {
  try {
    return realpathSync(dataDir);
  } catch {
    return resolve(dataDir);
  }
}
