import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/id.js';
import { PreparedNames } from '../../src/database/prepared-names.js';
import { readSql } from '../../src/database/read-sql.js';
import { withStatements } from '../../src/database/statement-count.js';
import { isRealPostgres, type TestDatabase } from '../../src/testing/database.js';
import { Book, libraryDatabase, openLibrary } from './library.js';

let database: TestDatabase;
let orm: MikroORM;
const id = newId();

beforeAll(async () => {
  database = await libraryDatabase();
  orm = await openLibrary(database.url);
  const em = orm.em.fork();
  em.create(Book, { id, shelf: newId(), stars: 3, addedAt: new Date() });
  await em.flush();
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

async function preparedTexts(): Promise<unknown[]> {
  const rows = await readSql(orm.em, sql`select statement from pg_prepared_statements`);
  return rows.map((row) => row['statement']);
}

/** One after the other, so that all come over the same connection. */
async function readOften(text: string, prepared: boolean): Promise<void> {
  for (let time = 0; time < 4; time += 1) {
    expect(await readSql(orm.em.fork(), sql`${sql.raw(text)} ${id}`, { prepared })).toMatchObject([{ stars: 3 }]);
  }
}

describe('a statement that reads', () => {
  it.runIf(isRealPostgres())('is prepared when it comes again, if one plan is good for it', async () => {
    await readOften('select stars from library.books where id =', true);
    await readOften('select stars, shelf from library.books where id =', false);
    expect(await preparedTexts()).toEqual(['select stars from library.books where id = $1']);
  });

  it.skipIf(isRealPostgres())('is never prepared on the embedded database, whose clients share a session', async () => {
    await readOften('select stars from library.books where id =', true);
    expect(await preparedTexts()).toEqual([]);
  });

  it('is answered after a migration has added a column to what it reads', async () => {
    await readOften('select * from library.books where id =', true);
    await orm.em.fork().execute('alter table library.books add column color text');
    await readOften('select * from library.books where id =', true);
  });

  it('is counted', async () => {
    const { statements } = await withStatements(() => readSql(orm.em.fork(), sql`select 1 as one`, { prepared: true }));
    expect(statements).toEqual(['select 1 as one']);
  });

  it('sees in a transaction what that has written', async () => {
    const stars = sql`select stars from library.books where id = ${id}`;
    await orm.em.fork().transactional(async (tx) => {
      await tx.nativeUpdate(Book, { id }, { stars: 5 });
      expect(await readSql(tx, stars, { prepared: true })).toEqual([{ stars: 5 }]);
      await tx.nativeUpdate(Book, { id }, { stars: 3 });
    });
  });

  it('that fails leaves its connection to others', async () => {
    for (let time = 0; time < 20; time += 1) {
      await expect(readSql(orm.em, sql`select 1 / 0`, { prepared: true })).rejects.toMatchObject({ code: '22012' });
    }
    expect(await readSql(orm.em, sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });
});

describe('names of statements', () => {
  it('are given at the third use, and only so many', () => {
    const names = new PreparedNames(1);
    expect([names.of('a'), names.of('a')]).toEqual([undefined, undefined]);
    expect(names.of('a')).toMatch(/^read_/);
    expect([names.of('b'), names.of('b'), names.of('b')]).toEqual([undefined, undefined, undefined]);
  });

  it('follow from the text alone, so that processes behind one pooler mean the same by them', () => {
    const nameIn = (names: PreparedNames): string | undefined => {
      names.of('a');
      names.of('a');
      return names.of('a');
    };
    expect(nameIn(new PreparedNames())).toBe(nameIn(new PreparedNames()));
  });
});
