import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded.js';
import { isRealPostgres, type TestDatabase, type TestDatabaseOptions, testDatabase } from '../testing/database.js';

/**
 * A throw-away migrated database: a clone of its own on the server that DATABASE_URL names, else an embedded one in a
 * temporary folder (not in memory, as in tests), which is removed when the benches end.
 */
export async function benchDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  if (isRealPostgres()) return testDatabase(options);
  const database = await startEmbeddedPostgres({ dataDir: await mkdtemp(join(tmpdir(), 'bench-')) });
  await options.migrate(database.url);
  return database;
}

/** Bare connections, for the SQL that something stands beside. */
export function openPool(url: string, connections: number): pg.Pool {
  return new pg.Pool({ connectionString: url, max: connections });
}
