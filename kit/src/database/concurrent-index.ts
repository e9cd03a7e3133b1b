import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { sqlState } from './transaction.js';

/** PostgreSQL's code for a disk, or shared memory, that is full. */
const OUT_OF_SPACE = '53100';

/** An index that is not in a migration, because what it is for comes and goes. */
export interface ConcurrentIndex {
  schema: string;
  /** Unique in the schema: lower case, digits and `_`. */
  name: string;
  /** What follows `create index <name> on`, such as `things using hnsw (place vector_l2_ops)`. */
  definition: string;
  /** Memory that building it may take, as PostgreSQL writes it. @default '256MB' */
  memory?: string;
}

/**
 * Makes an index while its table is read and written. One that an earlier try left half made is made anew. Must not be called in
 * a transaction.
 *
 * @returns false when another process makes it at this moment
 */
export async function makeIndex(orm: MikroORM, index: ConcurrentIndex): Promise<boolean> {
  return alone(orm, index, async (client) => {
    if (await isValid(client, index)) return;
    await client.query(`select set_config('maintenance_work_mem', $1, false)`, [index.memory ?? '256MB']);
    try {
      await build(client, index).catch(async (error: unknown) => {
        if (sqlState(error) !== OUT_OF_SPACE) throw error;
        // Containers often have less shared memory than several workers need; one worker needs none.
        await client.query('set max_parallel_maintenance_workers = 0');
        await build(client, index);
      });
    } finally {
      // The embedded database has one session for everybody.
      await client.query('reset maintenance_work_mem');
      await client.query('reset max_parallel_maintenance_workers');
    }
  });
}

/** Above what an earlier try left. */
async function build(client: pg.Client, index: ConcurrentIndex): Promise<void> {
  await client.query(`drop index concurrently if exists ${qualified(index)}`);
  await client.query(`create index concurrently ${index.name} on ${index.schema}.${index.definition}`);
}

/** Drops an index while its table is read and written. @returns false when another process is at it at this moment */
export async function dropIndex(orm: MikroORM, index: Pick<ConcurrentIndex, 'schema' | 'name'>): Promise<boolean> {
  return alone(orm, index, async (client) => {
    await client.query(`drop index concurrently if exists ${qualified(index)}`);
  });
}

/**
 * On a connection of its own, whose statements are not part of a transaction. Whoever comes second goes away again: to wait
 * would be to hold a snapshot, for whose end the building of the index waits.
 */
async function alone(
  orm: MikroORM,
  index: Pick<ConcurrentIndex, 'schema' | 'name'>,
  work: (client: pg.Client) => Promise<void>,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: orm.config.get('clientUrl') });
  await client.connect();
  try {
    const key = [`index ${qualified(index)}`];
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock(hashtext($1)) as ours', key);
    if (!rows[0]?.ours) return false;
    await work(client);
    await client.query('select pg_advisory_unlock(hashtext($1))', key);
    return true;
  } finally {
    await client.end();
  }
}

async function isValid(client: pg.Client, index: Pick<ConcurrentIndex, 'schema' | 'name'>): Promise<boolean> {
  const { rows } = await client.query<{ valid: boolean }>(
    'select i.indisvalid as valid from pg_index i where i.indexrelid = to_regclass($1)',
    [qualified(index)],
  );
  return rows[0]?.valid === true;
}

function qualified({ schema, name }: Pick<ConcurrentIndex, 'schema' | 'name'>): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Error(`An index cannot be named "${name}"; use lower case, digits and _`);
  return `${schema}.${name}`;
}
