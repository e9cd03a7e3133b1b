import { utimesSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { snapshotDatabase } from './snapshot-database.js';

describe('databases from a snapshot', () => {
  let cache: string;
  let migrated: number;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'snapshots-'));
    migrated = 0;
  });

  afterEach(() => rm(cache, { recursive: true }));

  test('are migrated once for all who ask at the same time and later', async () => {
    const first = await Promise.all([1, 2, 3].map(() => snapshotDatabase('key', migrate, cache)));
    const later = await snapshotDatabase('key', migrate, cache);
    for (const database of [...first, later]) expect(await names(database.url)).toEqual(['migrated']);
    expect(migrated).toBe(1);
    await Promise.all([...first, later].map((database) => database.close()));
  });

  test('begin although others, who begin from the same snapshot, touch it', async () => {
    const first = await snapshotDatabase('key', migrate, cache);
    const snapshot = join(cache, (await readdir(cache)).find((name) => name.endsWith('.tar')) ?? '');
    const others = setInterval(() => utimesSync(snapshot, new Date(), new Date()), 1);
    const second = await snapshotDatabase('key', migrate, cache).finally(() => clearInterval(others));
    expect(await names(second.url)).toEqual(['migrated']);
    await Promise.all([first, second].map((database) => database.close()));
  });

  test('leave no snapshot behind when the migration fails, nor any that nobody used for a day', async () => {
    const old = join(cache, 'old.tar');
    await writeFile(old, '');
    await writeFile(join(cache, 'recent.tar'), '');
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(old, yesterday, yesterday);
    const failing = snapshotDatabase('key', () => Promise.reject(new Error('a wrong migration')), cache);
    await expect(failing).rejects.toThrow('a wrong migration');
    expect((await readdir(cache)).sort()).toEqual(['lock', 'recent.tar']);
  });

  async function migrate(url: string): Promise<void> {
    migrated++;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create extension vector; create table thing (name text)');
    await client.query("insert into thing values ('migrated')");
    await client.end();
  }
});

async function names(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select name from thing');
  await client.end();
  return rows.map((row) => row.name);
}
