import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type DataLock, lockDataDirectory } from './data-lock.js';
import {
  isListening,
  makeSocketFolder,
  socketFolder,
  socketPath,
  socketUrl,
  temporarySocketFolder,
} from './embedded-socket.js';
import type { WorkerReport, WorkerRequest, WorkerSettings } from './embedded-worker.js';
import { DatabaseUnavailableError } from './unavailable.js';

/** How to start the embedded database. */
export interface EmbeddedPostgresOptions {
  /** The data folder, held by this process alone while the database runs. Absent: the database lives in memory. */
  dataDir?: string;
  /** A file made by `dump`, to begin from where there is no database yet. */
  snapshot?: string;
  /** `compileEngine()` once for databases that follow each other, so that each finds what the one before has optimised. */
  engine?: WebAssembly.Module;
  /** Most client connections at once. @default 500 */
  maxConnections?: number;
  /** A client that sends nothing for so long inside a transaction, while others wait, is warned of. @default 10000 */
  stalledAfterMs?: number;
}

/** A PostgreSQL inside this process, on a thread of its own. */
export interface EmbeddedPostgres {
  /** For `pg` and MikroORM. Transactions of all clients run one after another: never await a second connection in one. */
  readonly url: string;
  /** Resolves when the database has stopped: with the reason when it did so by itself, with undefined after `close`. */
  readonly stopped: Promise<Error | undefined>;
  /** Writes the whole database to a file from which another can begin. */
  dump(file: string): Promise<void>;
  /** Cuts off every client, checkpoints, stops and gives the folder free. Safe to call again. */
  close(): Promise<void>;
}

/**
 * Starts PGlite (PostgreSQL 18 with vector, btree_gist, pg_trgm, unaccent and pgcrypto at hand) behind a Unix socket.
 * A commit that was acknowledged survives the death of the process, not a loss of power: PGlite does not flush disks.
 *
 * @throws DatabaseUnavailableError when the folder is in use or the database cannot be started
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = options.dataDir === undefined ? undefined : lockDataDirectory(options.dataDir);
  const folder = options.dataDir === undefined ? temporarySocketFolder() : socketFolder(options.dataDir);
  try {
    makeSocketFolder(folder);
    const thread = new DatabaseThread({
      folder: options.dataDir === undefined ? undefined : join(options.dataDir, 'postgres'),
      snapshot: options.snapshot,
      engine: options.engine,
      socket: socketPath(folder),
      maxConnections: options.maxConnections ?? 500,
      stalledAfterMs: options.stalledAfterMs ?? 10_000,
    });
    await thread.started(options.dataDir);
    return runningDatabase(thread, folder, lock);
  } catch (error) {
    removeSocket(folder, lock);
    throw error;
  }
}

/** PGlite's engine, compiled for all databases of this process that are started with it. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return WebAssembly.compile(await readFile(join(dirname(entry), 'pglite.wasm')));
}

/** The address of the embedded database that another process runs in this data folder now, or undefined. */
export async function runningEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const folder = socketFolder(dataDir);
  return (await isListening(folder)) ? socketUrl(folder) : undefined;
}

function runningDatabase(thread: DatabaseThread, folder: string, lock: DataLock | undefined): EmbeddedPostgres {
  let closing: Promise<void> | undefined;
  return {
    url: socketUrl(folder),
    stopped: thread.stopped,
    dump: (file) => thread.dump(file),
    close() {
      closing ??= thread.close().finally(() => removeSocket(folder, lock));
      return closing;
    },
  };
}

/** The worker thread and the conversation with it. */
class DatabaseThread {
  /** With the reason when the thread ended by itself, with undefined when it was asked to. */
  readonly stopped: Promise<Error | undefined>;
  readonly #worker: Worker;
  readonly #waiting = new Map<WorkerReport['type'], () => void>();
  #asked = false;
  #reason: Error | undefined;

  constructor(settings: WorkerSettings) {
    // Under test this file is TypeScript, and so is the worker, which Node strips itself.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), {
      workerData: settings,
      execArgv: [],
      name: 'embedded-postgres',
    });
    this.#worker.on('message', (report: WorkerReport) => this.#note(report));
    this.#worker.on('error', (error) => {
      this.#reason ??= error;
    });
    this.stopped = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        const unasked = this.#asked ? undefined : new Error(`its thread ended with code ${code}`);
        resolve(this.#reason ?? unasked);
      });
    });
  }

  async started(dataDir = 'memory'): Promise<void> {
    const failure = await this.#reported('ready');
    if (failure === undefined) return;
    throw new DatabaseUnavailableError(
      `The embedded database in ${dataDir} cannot start (${failure.message}); restore a backup, set DATA_DIR to another folder, or remove this one to begin anew.`,
      { cause: failure },
    );
  }

  async dump(file: string): Promise<void> {
    this.#ask({ type: 'dump', file });
    const failure = await this.#reported('dumped');
    if (failure) throw failure;
  }

  async close(): Promise<void> {
    // What ended it before is told by `stopped`.
    if (this.#reason) return;
    this.#asked = true;
    this.#ask({ type: 'close' });
    const failure = await this.stopped;
    if (failure) throw failure;
  }

  #ask(request: WorkerRequest): void {
    this.#worker.postMessage(request);
  }

  /** Resolves with undefined at the report, with the reason when the thread stops first. */
  #reported(type: WorkerReport['type']): Promise<Error | undefined> {
    const reported = new Promise<undefined>((resolve) => {
      this.#waiting.set(type, () => resolve(undefined));
    });
    return Promise.race([reported, this.stopped.then((reason) => reason ?? new Error('the database was closed'))]);
  }

  #note(report: WorkerReport): void {
    this.#waiting.get(report.type)?.();
    if (report.type === 'failed') this.#reason = new Error(report.message);
    if (report.type !== 'stalled') return;
    process.emitWarning(
      `A transaction on the embedded database has sent nothing for ${report.seconds} s while ${report.waiting} statements wait for it; ` +
        'never await another connection or an outside call inside a transaction.',
      'EmbeddedPostgresWarning',
    );
  }
}

function removeSocket(folder: string, lock: DataLock | undefined): void {
  if (lock) rmSync(socketPath(folder), { force: true });
  else rmSync(folder, { recursive: true, force: true });
  lock?.release();
}
