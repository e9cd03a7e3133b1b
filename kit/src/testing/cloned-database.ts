import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestDatabase } from './database.js';

const TEMPLATE_PREFIX = 'tutorgraph_template_';
const CLONE_PREFIX = 'tutorgraph_test_';
const LEFTOVER_AFTER_MS = 60 * 60 * 1000;

/**
 * A database on a real server, cloned from the migrated template of this key; the first caller makes the template.
 * An advisory lock on the server serialises this among all test processes, for a template must have no visitors while
 * it is copied.
 */
export async function clonedDatabase(
  serverUrl: string,
  key: string,
  migrate: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const template = `${TEMPLATE_PREFIX}${key}`;
  const name = `${CLONE_PREFIX}${Date.now()}_${process.pid}_${randomBytes(3).toString('hex')}`;
  await maintain(serverUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('tutorgraph test databases'))");
    await dropLeftovers(client, template);
    if (!(await exists(client, template))) await makeTemplate(client, serverUrl, template, migrate);
    await client.query(`comment on database ${template} is '${Date.now()}'`);
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: databaseUrl(serverUrl, name),
    close: () => maintain(serverUrl, (client) => drop(client, name)),
  };
}

/** The work is done on a connection of its own, whose end also gives the lock free. */
async function maintain(serverUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(
  client: pg.Client,
  serverUrl: string,
  template: string,
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  // Migrated under another name, so that a run that dies here leaves no half-made template.
  const unfinished = `${CLONE_PREFIX}${Date.now()}_unfinished`;
  await drop(client, unfinished);
  await client.query(`create database ${unfinished}`);
  try {
    await migrate(databaseUrl(serverUrl, unfinished));
    await client.query(`alter database ${unfinished} with allow_connections false`);
    await disconnectAll(client, unfinished);
    await client.query(`alter database ${unfinished} rename to ${template}`);
  } catch (error) {
    await drop(client, unfinished);
    throw error;
  }
}

/** What `migrate` has closed may take the server a moment to forget. */
async function disconnectAll(client: pg.Client, name: string): Promise<void> {
  const others = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1';
  await client.query(others, [name]);
}

/** Databases of runs that died, and templates that no run has asked for, both an hour old. */
async function dropLeftovers(client: pg.Client, template: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database as database
      where datname <> $1
        and case
              when starts_with(datname, $2) then split_part(datname, '_', 3)::bigint
              when starts_with(datname, $3) then coalesce(shobj_description(oid, 'pg_database'), '0')::bigint
            end < $4
        and not exists (select from pg_stat_activity where pg_stat_activity.datname = database.datname)`,
    [template, CLONE_PREFIX, TEMPLATE_PREFIX, Date.now() - LEFTOVER_AFTER_MS],
  );
  for (const { name } of rows) await drop(client, name);
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  return rowCount === 1;
}

async function drop(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${name} with (force)`);
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
