import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.js';
import { isRealPostgres, testDatabase } from './database.js';
import { testEnvironment } from './environment.js';

test('two test databases hold what the migration made and do not see each other', async () => {
  const options = { migrate, cacheKey: [fileURLToPath(import.meta.url)] };
  const [one, other] = await Promise.all([testDatabase(options), testDatabase(options)]);
  await run(one.url, "insert into thing values ('one')");
  await run(other.url, "insert into thing values ('other')");
  expect(await run(one.url, 'select name from thing order by name')).toEqual([{ name: 'migrated' }, { name: 'one' }]);
  expect(await run(other.url, 'select name from thing order by name')).toEqual([
    { name: 'migrated' },
    { name: 'other' },
  ]);
  await one.close();
  expect(await run(other.url, 'select count(*)::int as count from thing')).toEqual([{ count: 2 }]);
  await other.close();
});

test('tests run on a real server exactly when one is given', () => {
  expect(isRealPostgres()).toBe(testEnvironment().DATABASE_URL !== undefined);
});

test('the key of a migrated state follows contents and names of files, not where they lie', async () => {
  const [first, second] = [await folderWith('a.sql', 'select 1'), await folderWith('a.sql', 'select 1')];
  const changed = await folderWith('a.sql', 'select 2');
  const renamed = await folderWith('b.sql', 'select 1');
  expect(contentHash([first])).toBe(contentHash([second]));
  expect(new Set([first, changed, renamed].map((folder) => contentHash([folder]))).size).toBe(3);
  expect(contentHash([first, changed])).not.toBe(contentHash([changed, first]));
  for (const folder of [first, second, changed, renamed]) await rm(folder, { recursive: true });
});

async function folderWith(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await writeFile(join(folder, name), content);
  return folder;
}

async function migrate(url: string): Promise<void> {
  await run(url, "create extension vector; create table thing (name text); insert into thing values ('migrated')");
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}
