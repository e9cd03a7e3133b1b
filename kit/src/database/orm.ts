import { fileURLToPath } from 'node:url';
import { DefaultLogger, type EntityName, type LogContext } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { countStatement } from './statement-count.js';

/** What a room says of its database: its schema's name, its entities and where its migrations lie. */
export interface RoomDatabase {
  /** The subgraph's name; also the name of its PostgreSQL schema. */
  room: string;
  /** Every entity of the room, kit's own (`eventEntities` …) included. */
  entities: EntityName<Partial<unknown>>[];
  /** The room's migrations folder, as a file URL. */
  migrations: URL;
}

/** Where the database is and how many connections one process may hold. */
export interface OrmOptions {
  /** A PostgreSQL URL; `?host=<folder>` means a Unix socket. */
  url: string;
  /** Most connections at once. @default 8 */
  poolSize?: number;
}

/** Counts statements where a test has asked for it; prints nothing. */
class CountingLogger extends DefaultLogger {
  override logQuery(context: LogContext): void {
    countStatement(context.query ?? '');
  }
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
    loggerFactory: (loggerOptions) => new CountingLogger(loggerOptions),
    debug: ['query'],
    logger: () => {},
    colors: false,
    forceUtcTimezone: true,
    pool: { min: 0, max: options.poolSize ?? 8 },
    driverOptions: { host: socketFolder(options.url) },
    migrations: {
      path: folder,
      pathTs: folder,
      glob: '!(*.d).{js,ts}',
      tableName: 'migrations',
      transactional: true,
      allOrNothing: true,
      snapshot: false,
    },
  });
}

/** Brings a room's schema up to its newest migration. Safe to run from several processes at once. */
export async function migrate(orm: MikroORM, room: string): Promise<void> {
  await orm.em.execute(`create schema if not exists "${room}"`);
  await orm.migrator.up();
}

function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
}

function socketFolder(url: string): string | undefined {
  return new URL(url).searchParams.get('host') ?? undefined;
}
