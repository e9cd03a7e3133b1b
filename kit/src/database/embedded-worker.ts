/*
 * The thread in which the embedded database runs. Node starts this file by itself, as .ts under test and as .js when
 * built: it imports packages only (types aside) and uses only syntax that Node can strip.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type ExecProtocolOptionsStream, PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** What the thread is started with. */
export interface WorkerSettings {
  /** PostgreSQL's own folder; absent: in memory. */
  folder?: string;
  /** A dump to begin from where there is no database yet. */
  snapshot?: string;
  /** Absent: the thread compiles its own. */
  engine?: WebAssembly.Module;
  socket: string;
  maxConnections: number;
  stalledAfterMs: number;
}

export type WorkerRequest = { type: 'close' } | { type: 'dump'; file: string };
export type WorkerReport =
  | { type: 'ready' | 'closed' | 'dumped' }
  | { type: 'failed'; message: string }
  | { type: 'stalled'; seconds: number; waiting: number };

const EXTENSIONS = { vector, btree_gist, pg_trgm, unaccent, pgcrypto };

/** Message types of the extended protocol, which together form one statement that ends with Sync. */
const BATCH_MESSAGES = new Set(Array.from('PBDECH', (type) => type.charCodeAt(0)));
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);

/**
 * PGlite shared by the socket server's clients. The server serves one client at a time only while a transaction block
 * is open. A statement of the extended protocol, however, is several messages, and a large one arrives in several
 * pieces: without this class another client's statement comes between, and both get wrong results.
 */
class SharedPGlite extends PGlite {
  #insideBatch = false;
  #lastMessageAt = performance.now();

  override isInTransaction(): boolean {
    return this.#insideBatch || super.isInTransaction();
  }

  override async execProtocolRawStream(message: Uint8Array, options: ExecProtocolOptionsStream): Promise<void> {
    const type = message[0] ?? 0;
    try {
      await super.execProtocolRawStream(message, options);
    } catch (error) {
      // The socket server never serves anyone again after a throw here: better to end than to hang.
      fail(error);
    }
    this.#insideBatch = BATCH_MESSAGES.has(type);
    this.#lastMessageAt = performance.now();
  }

  /** The socket server rolls back in this way what a lost client left open. */
  override async exec(...parameters: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#insideBatch) {
      this.#insideBatch = false;
      // A simple query aborts what the half-sent statement did; Sync then makes the session listen again.
      await this.runExclusive(() => this.execProtocolRaw(Buffer.concat([simpleQuery('rollback'), SYNC])));
    }
    return super.exec(...parameters);
  }

  /** For how long the client that holds the database has sent nothing. */
  heldFor(): number {
    return this.isInTransaction() ? performance.now() - this.#lastMessageAt : 0;
  }

  /**
   * PGlite swallows whatever its engine throws and tries again, for ever when the engine is gone (a FATAL error such
   * as a timed out session). Ends the thread instead, so that the process hears of it.
   */
  watchEngine(): void {
    const engine = this.mod;
    if (!engine) throw new Error('the engine is watched before it runs');
    const POSTGRES_ERROR = 100;
    const step = engine._PostgresMainLoopOnce;
    engine._PostgresMainLoopOnce = () => {
      try {
        step();
      } catch (error) {
        if (fieldOf(error, 'status') !== POSTGRES_ERROR) fail(error);
        throw error;
      }
    };
  }
}

function simpleQuery(sql: string): Uint8Array {
  const message = Buffer.alloc(6 + Buffer.byteLength(sql));
  message.write('Q', 0);
  message.writeInt32BE(message.length - 1, 1);
  message.write(sql, 5);
  return message;
}

/** Emscripten throws plain objects beside errors. */
function fieldOf(error: unknown, field: 'status' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}

function report(message: WorkerReport): void {
  parentPort?.postMessage(message);
}

function fail(error: unknown): never {
  report({ type: 'failed', message: String(fieldOf(error, 'message') ?? error) });
  process.exit(1);
}

async function createDatabase(dataDir: string, { snapshot, engine }: WorkerSettings): Promise<SharedPGlite> {
  const options: PGliteOptions = { extensions: EXTENSIONS };
  if (engine) options.pgliteWasmModule = engine;
  // Not `openAsBlob`: such a blob cannot be read once somebody has touched the file.
  if (snapshot) options.loadDataDir = new Blob([await readFile(snapshot)]);
  const database = new SharedPGlite(dataDir, options);
  await database.waitReady;
  database.watchEngine();
  return database;
}

async function openDatabase(settings: WorkerSettings): Promise<SharedPGlite> {
  const { folder } = settings;
  if (!folder) return createDatabase('memory://', settings);
  if (!existsSync(folder)) {
    // Made aside and renamed: a process killed meanwhile leaves no half-made database.
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const made = await createDatabase(unfinished, settings);
    await made.close();
    renameSync(unfinished, folder);
  }
  return createDatabase(folder, { ...settings, snapshot: undefined });
}

async function dump(database: PGlite, file: string): Promise<void> {
  await database.exec('checkpoint');
  const snapshot = await database.dumpDataDir('none');
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, snapshot.stream());
  await rename(unfinished, file);
  report({ type: 'dumped' });
}

async function close(database: PGlite, server: PGLiteSocketServer, keepsData: boolean): Promise<void> {
  await server.stop();
  if (keepsData) {
    await database.exec('checkpoint');
    await database.close();
  }
  report({ type: 'closed' });
  process.exit(0);
}

function watchForStalls(database: SharedPGlite, server: PGLiteSocketServer, limitMs: number): void {
  setInterval(() => {
    const waiting = server.getStats().queuedQueries;
    const heldFor = database.heldFor();
    if (waiting > 0 && heldFor > limitMs) {
      report({ type: 'stalled', seconds: Math.round(heldFor / 1000), waiting });
    }
  }, limitMs / 2).unref();
}

async function main(settings: WorkerSettings): Promise<void> {
  const database = await openDatabase(settings);
  rmSync(settings.socket, { force: true });
  const server = new PGLiteSocketServer({
    db: database,
    path: settings.socket,
    maxConnections: settings.maxConnections,
  });
  await server.start();
  parentPort?.on('message', (request: WorkerRequest) => {
    const work =
      request.type === 'dump' ? dump(database, request.file) : close(database, server, settings.folder !== undefined);
    work.catch(fail);
  });
  watchForStalls(database, server, settings.stalledAfterMs);
  report({ type: 'ready' });
}

main(workerData).catch(fail);
