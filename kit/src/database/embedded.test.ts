import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, runningEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';
import { socketFolder } from './embedded-socket.js';
import { openDatabase } from './open-database.js';

let folder: string;
let snapshot: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  snapshot = join(folder, 'snapshot.tar');
  const database = await startEmbeddedPostgres({});
  await query(database, 'create table thing (name text)');
  await database.dump(snapshot);
  await database.close();
});

afterAll(() => rm(folder, { recursive: true }));

describe('the embedded database in a folder', () => {
  test('keeps its data when closed and started again', async () => {
    const dataDir = join(folder, 'kept');
    const first = await startEmbeddedPostgres({ dataDir, snapshot });
    await query(first, "insert into thing values ('kept')");
    await first.close();
    expect(await first.stopped).toBeUndefined();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await query(second, 'select name from thing')).toEqual([{ name: 'kept' }]);
    await second.close();
  });

  test('begins anew when its making was interrupted', async () => {
    const dataDir = join(folder, 'interrupted');
    await mkdir(join(dataDir, 'postgres.unfinished', 'base'), { recursive: true });
    const database = await startEmbeddedPostgres({ dataDir, snapshot });
    expect(await query(database, 'select count(*)::int as count from thing')).toEqual([{ count: 0 }]);
    await database.close();
    expect(existsSync(join(dataDir, 'postgres.unfinished'))).toBe(false);
  });

  test('is found by a command-line tool while it runs, and only then', async () => {
    const dataDir = join(folder, 'found');
    expect(await runningEmbeddedPostgres(dataDir)).toBeUndefined();
    const database = await openDatabase({ dataDir });
    const tool = await openDatabase({ dataDir, joinRunning: true });
    expect([database.kind, tool.kind]).toEqual(['embedded', 'joined']);
    expect(tool.url).toBe(database.url);
    await tool.close();
    await query(database, 'select 1');
    await database.close();
    expect(await runningEmbeddedPostgres(dataDir)).toBeUndefined();
  });

  test('listens below the temporary folder when the path is too long for a socket', async () => {
    const dataDir = join(folder, 'long'.repeat(30));
    expect(socketFolder(dataDir).startsWith(join(tmpdir(), 'tutorgraph-'))).toBe(true);
    const database = await startEmbeddedPostgres({ dataDir, snapshot });
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await runningEmbeddedPostgres(dataDir)).toBe(database.url);
    await database.close();
    await rm(socketFolder(dataDir), { recursive: true });
  });

  test('tells the process when its engine ends by itself, cuts off the clients and can be started again', async () => {
    const dataDir = join(folder, 'ended');
    const database = await startEmbeddedPostgres({ dataDir, snapshot });
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    await client.query('set idle_in_transaction_session_timeout = 1');
    await client.query('begin');
    await expect.poll(() => isRefused(client)).toBe(true);
    expect((await database.stopped)?.message).toContain('exit(1)');
    await database.close();
    const again = await startEmbeddedPostgres({ dataDir });
    expect(await query(again, 'select 1 as one')).toEqual([{ one: 1 }]);
    await again.close();
  });

  test('refuses with one line to start from what is no snapshot', async () => {
    const dataDir = join(folder, 'broken');
    const started = startEmbeddedPostgres({ dataDir, snapshot: fileURLToPath(import.meta.url) });
    await expect(started).rejects.toThrow(/^The embedded database in .*broken cannot start \(.*\); restore a backup/s);
  });
});

describe('a process killed with the embedded database open', () => {
  test('loses no acknowledged row, and the folder is refused before its death and accepted after, twice', async () => {
    const dataDir = join(folder, 'killed');
    for (const round of [1, 2]) {
      const writer = new Writer(dataDir, round);
      await writer.acknowledged(500);
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
        `The data folder ${dataDir} is in use by process ${writer.pid}; stop that process, or set DATA_DIR`,
      );
      const acknowledged = await writer.kill();
      expect(writer.errors).toBe('');
      const database = await startEmbeddedPostgres({ dataDir });
      const rows = await query<{ number: number }>(database, `select number from row where round = ${round}`);
      await database.close();
      const kept = new Set(rows.map((row) => row.number));
      expect(acknowledged.length).toBeGreaterThanOrEqual(500);
      expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
    }
  }, 60_000);
});

/** A child process that inserts rows and acknowledges each. */
class Writer {
  errors = '';
  readonly #child: ChildProcess;
  readonly #numbers: number[] = [];
  readonly #closed: Promise<unknown>;
  #progress: () => void = () => {};

  constructor(dataDir: string, round: number) {
    const fixture = (name: string) => fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url));
    const script = ['--import', fixture('run-typescript.mjs'), fixture('insert-rows.ts'), dataDir, String(round)];
    const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.on('data', (text) => {
      this.errors += text;
    });
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => {
      this.#numbers.push(Number(line));
      this.#progress();
    });
    this.#closed = Promise.all([once(lines, 'close'), once(child, 'close')]);
    this.#child = child;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async acknowledged(count: number): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      this.#progress = () => {
        if (this.#numbers.length >= count) resolve();
      };
    });
    const died = this.#closed.then(() => Promise.reject(new Error(`the writer died: ${this.errors}`)));
    await Promise.race([enough, died]);
    died.catch(() => {});
  }

  async kill(): Promise<number[]> {
    this.#child.kill('SIGKILL');
    await this.#closed;
    return this.#numbers;
  }
}

function isRefused(client: pg.Client): Promise<boolean> {
  return client.query('select 1').then(
    () => false,
    () => true,
  );
}

async function query<Row extends pg.QueryResultRow>(
  database: Pick<EmbeddedPostgres, 'url'>,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
