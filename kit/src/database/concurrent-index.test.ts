import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNotes } from '../../test/support/notes.js';
import { type TestDatabase, testDatabase } from '../testing/database.js';
import { dropIndex, makeIndex } from './concurrent-index.js';

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
  orm = await openNotes(database.url, 'indexed');
  await orm.em.fork().execute('create table indexed.things (number int)');
  await orm.em.fork().execute('insert into indexed.things select generate_series(1, 100)');
});
afterAll(async () => {
  await orm.close();
  await database.close();
});

const index = { schema: 'indexed', name: 'things_by_number', definition: 'things (number)' };
const isThere = async () =>
  (
    await orm.em
      .fork()
      .execute(`select from pg_indexes where schemaname = 'indexed' and indexname = 'things_by_number'`)
  ).length === 1;

describe('an index that comes and goes', () => {
  test('is made once, and dropped', async () => {
    expect(await makeIndex(orm, index)).toBe(true);
    expect(await makeIndex(orm, index)).toBe(true);
    expect(await isThere()).toBe(true);
    expect(await dropIndex(orm, index)).toBe(true);
    expect(await dropIndex(orm, index)).toBe(true);
    expect(await isThere()).toBe(false);
  });

  test('that could not be made is made anew, and leaves the session as it was', async () => {
    const em = orm.em.fork();
    await em.execute('insert into indexed.things values (1)');
    await expect(
      makeIndex(orm, { ...index, definition: 'things ((1 / (number - 50)))', memory: '1GB' }),
    ).rejects.toThrow('division by zero');
    expect(await isThere()).toBe(true);
    expect(await makeIndex(orm, index)).toBe(true);
    const [row] = await em.execute<{ valid: boolean; memory: string }[]>(
      `select i.indisvalid as valid, current_setting('maintenance_work_mem') as memory
         from pg_index i where i.indexrelid = to_regclass('indexed.things_by_number')`,
    );
    expect(row?.valid).toBe(true);
    expect(row?.memory).not.toBe('1GB');
  });

  test('has a name that needs no quotes', async () => {
    await expect(makeIndex(orm, { ...index, name: 'a b' })).rejects.toThrow('cannot be named');
  });
});
