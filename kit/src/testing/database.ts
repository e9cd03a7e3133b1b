import { clonedDatabase } from './cloned-database.js';
import { contentHash } from './content-hash.js';
import { testEnvironment } from './environment.js';
import { snapshotDatabase } from './snapshot-database.js';

/** What a throw-away database holds before the test begins. */
export interface TestDatabaseOptions {
  /** Brings an empty database to where the tests begin. Runs once for all test files with the same key. */
  migrate(url: string): Promise<void>;
  /** Files and folders (absolute paths) on whose contents the result of `migrate` depends. */
  cacheKey: string[];
}

/** A database of this test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, with whoever is still connected. */
  close(): Promise<void>;
}

/**
 * A throw-away migrated database: a clone of a migrated template on the server that DATABASE_URL names, else an
 * embedded one that begins from a migrated snapshot.
 */
export function testDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const server = testEnvironment().DATABASE_URL;
  const key = contentHash(options.cacheKey);
  const migrate = (url: string) => options.migrate(url);
  return server ? clonedDatabase(server, key, migrate) : snapshotDatabase(key, migrate);
}

/** True when tests run on a real server: the embedded database serialises transactions, so races cannot show there. */
export function isRealPostgres(): boolean {
  return testEnvironment().DATABASE_URL !== undefined;
}
