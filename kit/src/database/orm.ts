import { fileURLToPath } from 'node:url';
import type { Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { PooledClient } from './pooled-client.js';

/** What a room says of its database: its schema's name, its entities and where its migrations lie. */
export interface RoomDatabase {
  /** The subgraph's name; also the name of its PostgreSQL schema. */
  room: string;
  /** Every entity of the room, kit's own (`eventEntities` …) included. */
  entities: NonNullable<Options['entities']>;
  /** The room's migrations folder, as a file URL. */
  migrations: URL;
  /** Settings of PostgreSQL in the room's sessions, such as `jit: 'off'`. */
  settings?: Readonly<Record<string, string>>;
}

/** Where the database is and how many connections one process may hold. */
export interface OrmOptions {
  /** A PostgreSQL URL; `?host=<folder>` means a Unix socket. */
  url: string;
  /** Most connections at once. @default 8 */
  poolSize?: number;
}

/**
 * Opens one room's MikroORM. Every table without a schema of its own lives in the schema named after the room.
 * The connection is made lazily: a database that cannot be reached shows at the first statement.
 */
export function createOrm(database: RoomDatabase, options: OrmOptions): Promise<MikroORM> {
  const folder = fileURLToPath(database.migrations);
  return MikroORM.init({
    clientUrl: options.url,
    dbName: databaseName(options.url),
    schema: database.room,
    entities: database.entities,
    extensions: [Migrator],
    // What goes wrong is thrown; the migrator's progress is not for whoever starts the server.
    logger: () => {},
    forceUtcTimezone: true,
    pool: { min: 0, max: options.poolSize ?? 8 },
    driverOptions: { host: socketFolder(options.url), Client: PooledClient, options: startupOptions(database) },
    // Functions and triggers are written by hand in migrations: a migration made from a difference must not drop them.
    schemaGenerator: { ignoreRoutines: true, ignoreTriggers: true },
    migrations: {
      path: folder,
      pathTs: folder,
      glob: '!(*.d).{js,ts}',
      tableName: 'migrations',
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
  });
}

/**
 * Brings a room's schema up to its newest migration. Processes that do it at once take turns: a session's advisory lock,
 * on a connection of its own, because the migrator opens several. (The embedded database has one process only.)
 */
export async function migrate(orm: MikroORM, room: string): Promise<void> {
  const turn = new pg.Client({ connectionString: orm.config.get('clientUrl') });
  await turn.connect();
  try {
    await turn.query('select pg_advisory_lock(hashtext($1))', [`migrate ${room}`]);
    await orm.em.fork().execute(`create schema if not exists "${room}"`);
    await orm.migrator.up();
    await turn.query('select pg_advisory_unlock(hashtext($1))', [`migrate ${room}`]);
  } finally {
    await turn.end();
  }
}

function startupOptions({ settings = {} }: RoomDatabase): string | undefined {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return options.length > 0 ? options.join(' ') : undefined;
}

function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
}

function socketFolder(url: string): string | undefined {
  return new URL(url).searchParams.get('host') ?? undefined;
}
