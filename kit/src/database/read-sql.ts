import type { EntityManager } from '@mikro-orm/postgresql';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import type pg from 'pg';
import { preparedName } from './prepared-names.js';
import { sqlState } from './transaction.js';

/** A row as PostgreSQL's driver gives it: columns by name. */
export type SqlRow = Record<string, unknown>;

/** How a statement is read. */
export interface ReadOptions {
  /**
   * Is one plan good whatever its parameters are? Then each connection parses the statement once, and PostgreSQL may keep
   * its plan. Not for what is searched for, of which some is rare and some is not. @default false
   */
  prepared?: boolean | undefined;
}

/** A result has other columns than when it was prepared: somebody changed the table. */
const PLAN_CHANGED = '0A000';

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/**
 * Reads rows by one statement: in the transaction that the EntityManager is in, otherwise straight from a connection of its
 * pool, without what the ORM and the query builder have on the way there.
 */
export async function readSql(
  em: EntityManager,
  query: RawBuilder<unknown>,
  { prepared = false }: ReadOptions = {},
): Promise<SqlRow[]> {
  // What `sql` tags is a statement; its rows have columns.
  const statement = query as RawBuilder<SqlRow>;
  if (em.isInTransaction()) return (await statement.execute(em.getKysely())).rows;
  const { sql: text, parameters } = statement.compile(compiler);
  const pool = await poolOf(em);
  const name = prepared ? preparedName(pool, text) : undefined;
  const values = [...parameters];
  if (name === undefined) return ask(pool, { text, values });
  try {
    return await ask(pool, { name, text, values });
  } catch (error) {
    if (sqlState(error) !== PLAN_CHANGED) throw error;
    return ask(pool, { text, values });
  }
}

/**
 * The same SQL as one text, so that it is put together once and not with each statement that it is part of. What has
 * parameters stays as it is.
 */
export function fixedSql(part: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sql: text, parameters } = part.compile(compiler);
  return parameters.length === 0 ? sql.raw(text) : part;
}

async function ask(pool: pg.Pool, query: pg.QueryConfig): Promise<SqlRow[]> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<SqlRow>(query);
    return rows;
  } finally {
    client.release();
  }
}

const pools = new WeakMap<object, pg.Pool>();

/** The ORM gives it behind a promise each time. */
async function poolOf(em: EntityManager): Promise<pg.Pool> {
  const connection = em.getConnection();
  const known = pools.get(connection);
  if (known) return known;
  const pool = await connection.getNativeClient();
  pools.set(connection, pool);
  return pool;
}
