import pg from 'pg';
import { runningEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';
import { DatabaseUnavailableError } from './unavailable.js';

/** Which database to open. */
export interface OpenDatabaseOptions {
  /** A PostgreSQL server (15 or newer, with pgvector). Absent: the embedded database. */
  databaseUrl?: string;
  /** Where the embedded database keeps its data. */
  dataDir: string;
  /** For command-line tools: use the embedded database of a process that runs on this folder now. @default false */
  joinRunning?: boolean;
}

/** A database that answers. */
export interface OpenDatabase {
  /** For `pg` and MikroORM. */
  readonly url: string;
  /** `server`: DATABASE_URL; `embedded`: runs in this process; `joined`: runs embedded in another one. */
  readonly kind: 'server' | 'embedded' | 'joined';
  /** Resolves when the embedded database stops: with the reason when it did so by itself. Others: at `close`. */
  readonly stopped: Promise<Error | undefined>;
  /** Stops what was started here; close its clients first. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const OLDEST_VERSION = 15;

/**
 * Opens the database that the settings name and makes sure that it answers.
 *
 * @throws DatabaseUnavailableError with one line that says what to do
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  if (options.databaseUrl) {
    await checkServer(options.databaseUrl);
    return elsewhere('server', options.databaseUrl);
  }
  const running = options.joinRunning ? await runningEmbeddedPostgres(options.dataDir) : undefined;
  if (running) return elsewhere('joined', running);
  const embedded = await startEmbeddedPostgres({ dataDir: options.dataDir });
  return { url: embedded.url, kind: 'embedded', stopped: embedded.stopped, close: () => embedded.close() };
}

function elsewhere(kind: 'server' | 'joined', url: string): OpenDatabase {
  let close: () => void = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    close = () => resolve(undefined);
  });
  return { url, kind, stopped, close: async () => close() };
}

async function checkServer(url: string): Promise<void> {
  const server = await ask(url).catch((cause: unknown) => {
    throw new DatabaseUnavailableError(
      `Cannot connect to PostgreSQL at ${withoutPassword(url)} (${reasonOf(cause)}); start it or correct DATABASE_URL. Without DATABASE_URL the embedded database is used.`,
      { cause },
    );
  });
  if (server.version < OLDEST_VERSION) {
    throw new DatabaseUnavailableError(
      `PostgreSQL at ${withoutPassword(url)} is version ${server.version}; version ${OLDEST_VERSION} or newer is needed.`,
    );
  }
  if (!server.hasVector) {
    throw new DatabaseUnavailableError(
      `PostgreSQL at ${withoutPassword(url)} lacks the extension "vector"; install pgvector on that server.`,
    );
  }
}

async function ask(url: string): Promise<{ version: number; hasVector: boolean }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection lost after its answer is no one's concern.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; hasVector: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as version,
              exists (select from pg_available_extensions where name = 'vector') as "hasVector"`,
    );
    return rows[0] ?? { version: 0, hasVector: false };
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'the address in DATABASE_URL';
  const { username, host, pathname } = new URL(url);
  return `${username}@${host}${pathname}`;
}

/** Several addresses tried at once give an AggregateError whose own message is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
