import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../src/database/transaction.js';
import { isRealPostgres, type TestDatabase } from '../../src/testing/database.js';
import { libraryDatabase, openLibrary } from './library.js';

const POOL = 8;
let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await libraryDatabase();
  orm = await openLibrary(database.url);
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

/** Ends the connection behind a process id of PostgreSQL. */
async function kill(pid: number): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('select pg_terminate_backend($1, 5000)', [pid]);
  await client.end();
}

async function pidOf(em: EntityManager): Promise<number> {
  const [row] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
  return row?.pid ?? 0;
}

// The embedded database has no processes that could be ended.
describe.runIf(isRealPostgres())('connections that are lost', () => {
  it('in the midst of transactions are replaced', async () => {
    for (let lost = 0; lost <= POOL; lost++) {
      const work = transaction(orm.em, async (tx) => {
        await kill(await pidOf(tx));
        await tx.execute('select 1');
      });
      await expect(work).rejects.toThrow();
    }
    expect(await transaction(orm.em, pidOf)).toBeGreaterThan(0);
  });
});
