import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { withFileLock } from '../database/data-lock.js';
import { compileEngine, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../database/embedded.js';
import type { TestDatabase } from './database.js';

const CACHE_FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/tutorgraph/', import.meta.url));
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Of all test files that share this process. */
let engine: Promise<WebAssembly.Module> | undefined;

/**
 * An embedded database in memory that begins from the migrated snapshot of this key. The first caller makes the
 * snapshot, while callers in this and other processes wait; it is kept in `folder` until unused for a day.
 */
export async function snapshotDatabase(
  key: string,
  migrate: (url: string) => Promise<void>,
  folder = CACHE_FOLDER,
): Promise<TestDatabase> {
  const snapshot = join(folder, `${key}-${engineVersion()}.tar`);
  if (!existsSync(snapshot)) {
    mkdirSync(folder, { recursive: true });
    await withFileLock(join(folder, 'lock'), async () => {
      if (existsSync(snapshot)) return;
      removeUnused(folder);
      await makeSnapshot(snapshot, migrate);
    });
  }
  markUsed(snapshot);
  return startEmbeddedPostgres({ snapshot, engine: await sharedEngine() });
}

function markUsed(snapshot: string): void {
  const now = new Date();
  utimesSync(snapshot, now, now);
}

function sharedEngine(): Promise<WebAssembly.Module> {
  engine ??= compileEngine();
  return engine;
}

async function makeSnapshot(snapshot: string, migrate: (url: string) => Promise<void>): Promise<void> {
  await dumpOf({ snapshot: await emptyDatabase(), engine: await sharedEngine() }, snapshot, migrate);
}

/** What every snapshot begins from: to make it takes four times as long as to load it. */
async function emptyDatabase(): Promise<string> {
  const snapshot = join(CACHE_FOLDER, `empty-${engineVersion()}.tar`);
  mkdirSync(CACHE_FOLDER, { recursive: true });
  await withFileLock(join(CACHE_FOLDER, 'empty.lock'), async () => {
    if (!existsSync(snapshot)) await dumpOf({ engine: await sharedEngine() }, snapshot, dropTemplates);
  });
  markUsed(snapshot);
  return snapshot;
}

async function dumpOf(
  options: EmbeddedPostgresOptions,
  snapshot: string,
  prepare: (url: string) => Promise<void>,
): Promise<void> {
  const database = await startEmbeddedPostgres(options);
  try {
    await prepare(database.url);
    await database.dump(snapshot);
  } finally {
    await database.close();
  }
}

/** They are half of a snapshot and would be loaded by every test file. */
async function dropTemplates(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("update pg_database set datistemplate = false where datname in ('template0', 'template1')");
    await client.query('drop database template0');
    await client.query('drop database template1');
  } finally {
    await client.end();
  }
}

function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!name.endsWith('lock') && statSync(file).mtimeMs < Date.now() - KEPT_MS) rmSync(file, { force: true });
  }
}

function engineVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  return String(Reflect.get(Object(manifest), 'version'));
}
