import { fileURLToPath } from 'node:url';
import { defineEntity, p } from '@mikro-orm/core';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createOrm } from '../../src/database/orm.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';

const BookSchema = defineEntity({
  name: 'Book',
  tableName: 'books',
  properties: {
    id: p.uuid().primary(),
    shelf: p.uuid(),
    stars: p.integer(),
    addedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A thing to page through. */
export class Book extends BookSchema.class {}
BookSchema.setClass(Book);

const EditionSchema = defineEntity({
  name: 'Edition',
  tableName: 'editions',
  properties: {
    id: p.uuid().primary(),
    bookId: () => p.manyToOne(Book).mapToPk().fieldName('book_id'),
    copies: p.bigint('number'),
    price: p.decimal('string').columnType('numeric'),
    languages: p.array().columnType('text[]').$type<string[]>(),
    isSigned: p.boolean(),
    printedOn: p.date(),
    notes: p.json<{ shelfMark: string }>(),
    lentAt: p.datetime().columnType('timestamptz').nullable(),
    contents: p.text().lazy(),
  },
});

/** A thing with every kind of column. */
export class Edition extends EditionSchema.class {}
EditionSchema.setClass(Edition);

/** Opens the room of these tests, as another process would. */
export function openLibrary(url: string): Promise<MikroORM> {
  const migrations = new URL('./migrations/', import.meta.url);
  return createOrm({ room: 'library', entities: [Book, Edition], migrations }, { url });
}

/** A throw-away database with books. */
export function libraryDatabase(): Promise<TestDatabase> {
  return testDatabase({
    cacheKey: [fileURLToPath(import.meta.url)],
    migrate: async (url) => {
      const orm = await openLibrary(url);
      await orm.schema.create();
      await orm.close(true);
    },
  });
}
