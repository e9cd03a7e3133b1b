import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clonedDatabase } from './cloned-database.js';
import { testEnvironment } from './environment.js';

const server = testEnvironment().DATABASE_URL ?? '';

describe.runIf(server)('databases cloned on a real server', () => {
  const key = `selftest_${process.pid}`;
  const template = `tutorgraph_template_${key}`;
  let maintenance: pg.Client;
  let migrated = 0;

  beforeAll(async () => {
    maintenance = new pg.Client({ connectionString: server });
    await maintenance.connect();
  });

  afterAll(async () => {
    await maintenance.query(`drop database if exists ${template}`);
    await maintenance.end();
  });

  test('are migrated once for all who ask at the same time and later', async () => {
    const first = await Promise.all([1, 2, 3].map(() => clonedDatabase(server, key, migrate)));
    const later = await clonedDatabase(server, key, migrate);
    for (const database of [...first, later]) expect(await rows(database.url)).toEqual([{ name: 'migrated' }]);
    expect(migrated).toBe(1);
    await Promise.all([...first, later].map((database) => database.close()));
  });

  test('leave nothing behind when the migration fails', async () => {
    const failing = clonedDatabase(server, `${key}_failing`, () => Promise.reject(new Error('a wrong migration')));
    await expect(failing).rejects.toThrow('a wrong migration');
    expect(await exists(`tutorgraph_template_${key}_failing`)).toBe(false);
  });

  test('are dropped at close although someone is connected', async () => {
    const database = await clonedDatabase(server, key, migrate);
    const visitor = new pg.Client({ connectionString: database.url });
    visitor.on('error', () => {});
    await visitor.connect();
    await database.close();
    expect(await exists(new URL(database.url).pathname.slice(1))).toBe(false);
  });

  test('of runs that died over an hour ago are dropped by the next run, younger ones and those in use are not', async () => {
    const hours = (count: number) => Date.now() - count * 60 * 60 * 1000;
    const dead = `tutorgraph_test_${hours(2)}_${process.pid}_dead`;
    const used = `tutorgraph_test_${hours(2)}_${process.pid}_used`;
    const young = `tutorgraph_test_${hours(0.5)}_${process.pid}_young`;
    const unused = `tutorgraph_template_${process.pid}_unused`;
    for (const name of [dead, used, young]) await maintenance.query(`create database ${name}`);
    // Other runs take a template that says nothing of its age for an old one: it has its name last.
    await maintenance.query(`create database unused_${process.pid}`);
    await maintenance.query(`comment on database unused_${process.pid} is '${hours(2)}'`);
    await maintenance.query(`alter database unused_${process.pid} rename to ${unused}`);
    const user = new pg.Client({ connectionString: Object.assign(new URL(server), { pathname: `/${used}` }).href });
    await user.connect();

    const database = await clonedDatabase(server, key, migrate);

    expect([await exists(dead), await exists(unused)]).toEqual([false, false]);
    expect([await exists(used), await exists(young)]).toEqual([true, true]);
    await user.end();
    await database.close();
    for (const name of [used, young]) await maintenance.query(`drop database ${name} with (force)`);
  });

  async function migrate(url: string): Promise<void> {
    migrated++;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create table thing (name text)');
    await client.query("insert into thing values ('migrated')");
    await client.end();
  }

  async function exists(name: string): Promise<boolean> {
    const { rowCount } = await maintenance.query('select from pg_database where datname = $1', [name]);
    return rowCount === 1;
  }
});

async function rows(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query('select name from thing');
  await client.end();
  return result.rows;
}
