import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/id.js';
import { afterCommit, assertOutsideTransaction, sqlState, transaction } from '../../src/database/transaction.js';
import { isRealPostgres, type TestDatabase } from '../../src/testing/database.js';
import { Book, libraryDatabase, openLibrary } from './library.js';

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await libraryDatabase();
  orm = await openLibrary(database.url);
});

afterAll(async () => {
  await orm.close();
  await database.close();
});

function book() {
  return { id: newId(), shelf: newId(), stars: 1, addedAt: new Date() };
}

describe('a transaction', () => {
  it('keeps what was done when it ends well, and tells so afterwards, once', async () => {
    const data = book();
    let told = 0;
    const tell = () => {
      told += 1;
    };
    await transaction(orm.em, async (tx) => {
      tx.create(Book, data);
      afterCommit(tell);
      afterCommit(tell);
      expect(told).toBe(0);
    });
    expect(told).toBe(1);
    expect(await orm.em.fork().count(Book, { id: data.id })).toBe(1);
  });

  it('leaves nothing and tells nobody when its work fails', async () => {
    const data = book();
    let told = false;
    const failing = transaction(orm.em, async (tx) => {
      tx.create(Book, data);
      await tx.flush();
      afterCommit(() => {
        told = true;
      });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(told).toBe(false);
    expect(await orm.em.fork().count(Book, { id: data.id })).toBe(0);
  });

  it('does not let anything outside be called in it', async () => {
    await expect(transaction(orm.em, async () => assertOutsideTransaction('The accounts subgraph'))).rejects.toThrow(
      'The accounts subgraph was called inside a database transaction',
    );
    expect(() => assertOutsideTransaction('The accounts subgraph')).not.toThrow();
  });

  it('runs again after a serialisation failure, and gives up in the end', async () => {
    let attempts = 0;
    const refused = transaction(orm.em, async (tx) => {
      attempts += 1;
      await tx.execute(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
    });
    expect(sqlState(await refused.catch((error: unknown) => error))).toBe('40001');
    expect(attempts).toBe(5);
  });

  it.runIf(isRealPostgres())('survives a deadlock between two of them', async () => {
    const [first, second] = [book(), book()];
    await orm.em.fork().insertMany(Book, [first, second]);
    let waiting = 2;
    let open: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const touch = async (one: string, other: string) =>
      transaction(orm.em, async (tx) => {
        await tx.nativeUpdate(Book, { id: one }, { stars: 2 });
        waiting -= 1;
        if (waiting <= 0) open();
        await both;
        await tx.nativeUpdate(Book, { id: other }, { stars: 3 });
      });
    await Promise.all([touch(first.id, second.id), touch(second.id, first.id)]);
    expect(await orm.em.fork().count(Book, { id: { $in: [first.id, second.id] }, stars: { $gte: 2 } })).toBe(2);
  });
});
