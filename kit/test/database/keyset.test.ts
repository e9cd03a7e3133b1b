import type { MikroORM } from '@mikro-orm/postgresql';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/id.js';
import { jsonRow, readJsonRow } from '../../src/database/json-row.js';
import { withStatements } from '../../src/database/statement-count.js';
import type { Connection } from '../../src/graphql/connection.js';
import { keysetPage, nestedKeysetPages, type SortKey } from '../../src/pagination/keyset.js';
import type { TestDatabase } from '../../src/testing/database.js';
import { Book, libraryDatabase, openLibrary } from './library.js';

const stars: SortKey = { expression: sql`t.stars`, type: 'integer', direction: 'desc' };
const added: SortKey = { expression: sql`t.added_at`, type: 'timestamptz', direction: 'asc' };
const id: SortKey = { expression: sql`t.id`, type: 'uuid', direction: 'asc' };
const order = [stars, added, id];
const shelves = [newId(), newId(), newId()];

let database: TestDatabase;
let orm: MikroORM;
/** What the database must give, sorted by hand. */
let sorted: { id: string; shelf: string }[];

beforeAll(async () => {
  database = await libraryDatabase();
  orm = await openLibrary(database.url);
  const rows = Array.from({ length: 60 }, (_, index) => ({
    id: newId(),
    shelf: shelves[index % 3] ?? '',
    stars: index % 4,
    // Microseconds apart: a JavaScript Date would not tell them from one another.
    addedAt: `2026-01-01 00:00:00.00000${index % 7}+00`,
  }));
  for (const row of rows) {
    await orm.em
      .fork()
      .execute('insert into library.books (id, shelf, stars, added_at) values (?, ?, ?, ?)', Object.values(row));
  }
  sorted = [...rows].sort(
    (a, b) => b.stars - a.stars || a.addedAt.localeCompare(b.addedAt) || a.id.localeCompare(b.id),
  );
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

const list = { entity: Book, from: sql`from library.books t where true`, order };

function forged(...keys: string[]) {
  return { first: 1, after: Buffer.from(JSON.stringify(keys)).toString('base64url') };
}

function idsOf(page: Connection<Book>): string[] {
  return page.edges.map(({ node }) => node.id);
}

describe('pages by keys', () => {
  it('give every row once in order, forwards and backwards, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 25 }), fc.boolean(), async (size, backwards) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        for (;;) {
          const request = backwards ? { last: size, before: cursor } : { first: size, after: cursor };
          const page: Connection<Book> = await keysetPage(orm.em.fork(), list, request);
          if (backwards) seen.unshift(...idsOf(page));
          else seen.push(...idsOf(page));
          cursor = backwards ? page.pageInfo.startCursor : page.pageInfo.endCursor;
          if (!(backwards ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) break;
        }
        expect(seen).toEqual(sorted.map((row) => row.id));
      }),
      { numRuns: 20 },
    );
  });

  it('count all rows only when somebody asks', async () => {
    const { result, statements } = await withStatements(() => keysetPage(orm.em.fork(), list, { first: 5 }));
    expect(statements).toHaveLength(1);
    expect(await result.totalCount()).toBe(60);
  });

  it.each([
    ['forwards', { first: 5 }],
    ['backwards', { last: 5 }],
    ['of an empty page', { first: 5, after: 'end' }],
  ])('read along what else is wanted of each row and of all, by one statement: %s', async (_way, request) => {
    const taken: [string, unknown][] = [];
    const along = {
      total: true,
      columns: [
        { value: sql`t.stars + 1`, take: ({ id }: Book, stars: unknown) => taken.push([id, stars]) },
        { value: jsonRow(orm.em, Book, sql`t.id`), take: ({ id }: Book, row: unknown) => taken.push([id, row]) },
      ],
    };
    const all = await keysetPage(orm.em.fork(), list, { first: 60 });
    const page = 'after' in request ? { ...request, after: all.pageInfo.endCursor } : request;
    const { result, statements } = await withStatements(async () => {
      const connection = await keysetPage(orm.em.fork(), { ...list, prepared: true }, page, along);
      return { connection, total: await connection.totalCount() };
    });
    expect(result.total).toBe(60);
    const { edges } = result.connection;
    expect(statements).toHaveLength(edges.length === 0 ? 2 : 1);
    const read = taken.map(([id, value]) => [id, typeof value === 'number' ? value : readJsonRow(orm.em, Book, value)]);
    expect(read).toEqual(
      edges.flatMap(({ node }) => [
        [node.id, node.stars + 1],
        [node.id, node],
      ]),
    );
  });

  it('below several parents take one statement, each parent with its own first rows', async () => {
    const nested = { ...list, parent: sql`t.shelf` };
    const { result, statements } = await withStatements(() =>
      nestedKeysetPages(orm.em.fork(), nested, shelves, { first: 4 }),
    );
    expect(statements).toHaveLength(1);
    for (const shelf of shelves) {
      const own = sorted.filter((row) => row.shelf === shelf).map((row) => row.id);
      const page = result.get(shelf);
      expect(page && idsOf(page)).toEqual(own.slice(0, 4));
      expect(page?.pageInfo.hasNextPage).toBe(true);
    }
    const counted = await withStatements(() => Promise.all([...result.values()].map((page) => page.totalCount())));
    expect(counted).toMatchObject({ result: [20, 20, 20], statements: { length: 1 } });
  });

  it.each([
    ['both ends at once', { first: 1, last: 1 }],
    ['a negative size', { first: -1 }],
    ['a size beyond the bound', { last: 101 }],
    ['a cursor for the other direction', { first: 1, before: 'x' }],
    ['a cursor that is no JSON', { first: 1, after: 'x' }],
    ['a cursor of another list', { first: 1, after: Buffer.from('["1"]').toString('base64url') }],
    ['a cursor with a day that does not exist', forged('1', '2026-02-31 00:00:00+00', newId())],
    ['a cursor with a number beyond all integers', forged('9999999999', '2026-01-01 00:00:00+00', newId())],
    ['a cursor that smuggles SQL', { first: 1, after: Buffer.from(`["1; drop","a","b"]`).toString('base64url') }],
  ])('refuse %s', async (_what, request) => {
    await expect(keysetPage(orm.em.fork(), list, request)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
