import { fileURLToPath } from 'node:url';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/database/id.js';
import { createOrm } from '../../src/database/orm.js';
import { transaction } from '../../src/database/transaction.js';
import {
  forgetIdempotencyKeys,
  type IdempotentCall,
  idempotencyKey,
  isRepeated,
  once,
  purgeIdempotencyKeys,
} from '../../src/idempotency/idempotency.js';
import { IdempotencyKey } from '../../src/idempotency/idempotency-key.entity.js';
import { isRealPostgres, type TestDatabase, testDatabase } from '../../src/testing/database.js';

const ROOM = 'till';
const viewerId = newId();
const call: IdempotentCall = { viewerId, mutation: 'pay', key: 'key-1', input: { amount: 5, to: 'Anna' } };
let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  const open = (url: string) =>
    createOrm(
      { room: ROOM, entities: [IdempotencyKey], migrations: new URL('./migrations/', import.meta.url) },
      { url, poolSize: 8 },
    );
  database = await testDatabase({
    cacheKey: ['./idempotency.test.ts', '../../src/idempotency/idempotency-key.entity.ts'].map((file) =>
      fileURLToPath(new URL(file, import.meta.url)),
    ),
    migrate: async (url) => {
      const migrating = await open(url);
      await migrating.schema.create();
      await migrating.em.execute(`create table ${ROOM}.payments (id uuid primary key)`);
      await migrating.close(true);
    },
  });
  orm = await open(database.url);
});

beforeEach(() => orm.em.execute(`truncate ${ROOM}.payments, ${ROOM}.idempotency_keys`));

afterAll(async () => {
  await orm.close(true);
  await database.close();
});

interface Payment {
  id: string;
}

/** A mutation that pays; `fail` says whether it breaks before its end. */
function pay(change: Partial<IdempotentCall> = {}, fail = false): Promise<Payment> {
  return transaction(orm.em, (tx) =>
    once<Payment, { id: string }>(
      tx,
      { ...call, ...change },
      {
        work: async () => {
          const id = newId();
          await tx.execute(`insert into ${ROOM}.payments values (?)`, [id]);
          if (fail) throw new Error('The process ends here');
          return { id };
        },
        reference: ({ id }) => ({ id }),
        recall: (reference) => find(tx, reference.id),
      },
    ),
  );
}

async function find(tx: EntityManager, id: string): Promise<Payment> {
  const [row] = await tx.execute<Payment[]>(`select id from ${ROOM}.payments where id = ?`, [id]);
  if (!row) throw new Error('The payment is gone');
  return row;
}

async function payments(): Promise<number> {
  const [row] = await orm.em.fork().execute<{ count: number }[]>(`select count(*)::int as count from ${ROOM}.payments`);
  return row?.count ?? -1;
}

describe('a mutation with a key', () => {
  test('is carried out once, and answers a repetition with its first result', async () => {
    const first = await pay();
    expect(await pay()).toEqual(first);
    expect(await pay({ input: { to: 'Anna', amount: 5 } }), 'fields in another order').toEqual(first);
    expect(await payments()).toBe(1);
  });

  test('refuses the key for another input', async () => {
    await pay();
    await expect(pay({ input: { amount: 6, to: 'Anna' } })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    expect(await payments()).toBe(1);
  });

  test('does not mind the keys of others, of other mutations, and calls without one', async () => {
    await pay();
    await pay({ viewerId: newId() });
    await pay({ mutation: 'payBack' });
    await pay({ key: 'key-2' });
    await pay({ key: null });
    await pay({ key: undefined });
    expect(await payments()).toBe(6);
  });

  test('may be tried again after it broke half way', async () => {
    await expect(pay({}, true)).rejects.toThrow('The process ends here');
    expect(await payments()).toBe(0);
    await pay();
    expect(await payments()).toBe(1);
  });

  test('is carried out anew after a day, even when the key was not purged', async () => {
    const first = await pay();
    await orm.em.fork().execute(`update ${ROOM}.idempotency_keys set created_at = now() - interval '25 hours'`);
    const second = await pay({ input: 'another' });
    expect(second).not.toEqual(first);
    expect(await pay({ input: 'another' })).toEqual(second);
  });
});

test('keys are forgotten after a day', async () => {
  await pay();
  await pay({ key: 'key-2' });
  await orm.em
    .fork()
    .execute(`update ${ROOM}.idempotency_keys set created_at = now() - interval '25 hours' where key = 'key-2'`);
  await purgeIdempotencyKeys(orm.em);
  expect(await orm.em.fork().find(IdempotencyKey, { viewerId }, { fields: ['key'] })).toMatchObject([{ key: 'key-1' }]);
});

test('it is known whether something was carried out under a key', async () => {
  expect(await isRepeated(orm.em.fork(), call)).toBe(false);
  await pay();
  expect(await isRepeated(orm.em.fork(), call)).toBe(true);
  for (const other of [{ mutation: 'payBack' }, { viewerId: newId() }, { key: 'key-2' }, { key: null }]) {
    expect(await isRepeated(orm.em.fork(), { ...call, ...other })).toBe(false);
  }
});

test('keys of somebody who is erased are forgotten, those of others are not', async () => {
  const other = newId();
  await pay();
  await pay({ viewerId: other });
  await transaction(orm.em, (tx) => forgetIdempotencyKeys(tx, viewerId));
  expect(await orm.em.fork().find(IdempotencyKey, {}, { fields: ['viewerId'] })).toMatchObject([{ viewerId: other }]);
});

test('a key has 1 to 128 visible characters of ASCII', () => {
  expect(['a', 'x'.repeat(128), '0b7d-…'.slice(0, 5)].every((key) => idempotencyKey.safeParse(key).success)).toBe(true);
  for (const key of ['', ' ', 'x'.repeat(129), 'ключ', 'a\0b', 'a b']) {
    expect(idempotencyKey.safeParse(key).success, key).toBe(false);
  }
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('on a real server', () => {
  test('calls at once wait for the first one and get its result', async () => {
    const results = await Promise.all(Array.from({ length: 40 }, () => pay()));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(await payments()).toBe(1);
  });

  test('of calls at once with different inputs one is carried out', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, amount) => pay({ input: { amount } })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await payments()).toBe(1);
  });
});
