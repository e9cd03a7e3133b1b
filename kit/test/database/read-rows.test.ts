import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/id.js';
import { readRows } from '../../src/database/read-rows.js';
import { withStatements } from '../../src/database/statement-count.js';
import type { TestDatabase } from '../../src/testing/database.js';
import { Book, Edition, libraryDatabase, openLibrary } from './library.js';

let database: TestDatabase;
let orm: MikroORM;
const ids = [newId(), newId()];

beforeAll(async () => {
  database = await libraryDatabase();
  orm = await openLibrary(database.url);
  const em = orm.em.fork();
  for (const id of ids)
    em.create(Book, { id, shelf: newId(), stars: 3, addedAt: new Date('2026-01-02T03:04:05.678Z') });
  await em.flush();
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

describe('rows that are only read', () => {
  it('have the values that entities have', async () => {
    const where = { id: { $in: ids } };
    const rows = await readRows(orm.em.fork(), Book, ids);
    const entities = await orm.em.fork().find(Book, where);
    const byId = (one: Book, other: Book): number => one.id.localeCompare(other.id);
    expect(rows.sort(byId)).toEqual(entities.sort(byId).map((entity) => ({ ...entity })));
    expect(rows[0]?.addedAt).toEqual(new Date('2026-01-02T03:04:05.678Z'));
  });

  it('have them whatever kind of column they come from, but for lazy ones', async () => {
    const em = orm.em.fork();
    const edition = { id: newId(), bookId: ids[0] ?? '', copies: 9_007_199_254_740_991, price: '12.50' };
    const rest = {
      languages: ['en', 'a "quoted", one'],
      isSigned: true,
      printedOn: '2025-03-30',
      notes: { shelfMark: 'A 1' },
    };
    em.create(Edition, { ...edition, ...rest, lentAt: null, contents: 'long' });
    await em.flush();
    const entity = await orm.em.fork().findOneOrFail(Edition, { id: edition.id });
    const [row] = await readRows(orm.em.fork(), Edition, [edition.id]);
    expect(row).toEqual({ ...entity });
    expect(row).toEqual({ ...edition, ...rest, lentAt: null });
  });

  it('are no entities: they are not in the identity map, and what is changed in them is not written', async () => {
    const em = orm.em.fork();
    const [row] = await readRows(em, Book, [ids[0] ?? '']);
    if (!row) throw new Error('The book is gone');
    row.stars = 1;
    await em.flush();
    expect(await em.findOneOrFail(Book, { id: ids[0] })).toMatchObject({ stars: 3 });
  });

  it('take one statement, however many', async () => {
    const { statements } = await withStatements(() => readRows(orm.em.fork(), Book, ids));
    expect(statements).toHaveLength(1);
  });

  it('of a transaction see what it has written', async () => {
    await orm.em.fork().transactional(async (tx) => {
      await tx.nativeUpdate(Book, { id: ids[1] }, { stars: 5 });
      expect(await readRows(tx, Book, [ids[1] ?? ''])).toMatchObject([{ stars: 5 }]);
    });
  });
});
