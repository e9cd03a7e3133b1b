import { once } from 'node:events';
import { connect } from 'node:net';
import { defineEntity, p } from '@mikro-orm/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';
import { socketPath } from './embedded-socket.js';
import { createOrm } from './orm.js';

let database: EmbeddedPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startEmbeddedPostgres({ stalledAfterMs: 500 });
  pool = new pg.Pool({ connectionString: database.url, max: 20 });
  await pool.query('create table counter (id int primary key, value int not null)');
  await pool.query('insert into counter values (1, 0)');
});

afterAll(async () => {
  await pool.end();
  await database.close();
});

describe('what SQL may use on the embedded database', () => {
  test('finds nearest vectors by an HNSW index', async () => {
    await pool.query('create extension vector');
    await pool.query('create table embedding (id int, value vector(3))');
    await pool.query('create index on embedding using hnsw (value vector_cosine_ops)');
    await pool.query("insert into embedding values (1, '[1,0,0]'), (2, '[0,1,0]')");
    const { rows } = await pool.query('select id from embedding order by value <=> $1 limit 1', ['[0.1,0.9,0]']);
    expect(rows).toEqual([{ id: 2 }]);
  });

  test('refuses overlapping times by an exclusion constraint, naming it', async () => {
    await pool.query('create extension btree_gist');
    await pool.query(
      'create table slot (tutor int, during tstzrange, constraint slot_free exclude using gist (tutor with =, during with &&))',
    );
    const insert = 'insert into slot values (1, tstzrange($1, $2))';
    await pool.query(insert, ['2026-01-01T10:00Z', '2026-01-01T11:00Z']);
    const overlapping = pool.query(insert, ['2026-01-01T10:30Z', '2026-01-01T11:30Z']);
    await expect(overlapping).rejects.toMatchObject({ code: '23P01', constraint: 'slot_free' });
  });

  test('has trigram search, unaccent and pgcrypto', async () => {
    await pool.query('create extension pg_trgm');
    await pool.query('create extension unaccent');
    await pool.query('create extension pgcrypto');
    const { rows } = await pool.query(
      "select similarity('математика', 'матматика') > 0.4 as similar, unaccent('é') as plain, length(gen_random_bytes(4)) as bytes",
    );
    expect(rows).toEqual([{ similar: true, plain: 'e', bytes: 4 }]);
  });

  test('works with MikroORM', async () => {
    const Thing = defineEntity({ name: 'Thing', properties: { id: p.integer().primary(), name: p.string() } });
    const orm = await createOrm(
      { room: 'things', entities: [Thing], migrations: new URL('.', import.meta.url) },
      { url: database.url },
    );
    await orm.schema.create();
    await orm.em.fork().transactional(async (tx) => {
      tx.create(Thing, { id: 1, name: 'first' });
    });
    expect(await orm.em.fork().findOneOrFail(Thing, 1)).toMatchObject({ name: 'first' });
    await orm.close();
  });
});

describe('many clients of the embedded database', () => {
  test('finish concurrent transactions, none lost', async () => {
    const add = async (): Promise<void> => {
      const client = await pool.connect();
      await client.query('begin');
      const { rows } = await client.query('select value from counter where id = 1 for update');
      await client.query('update counter set value = $1 where id = 1', [rows[0].value + 1]);
      await client.query('commit');
      client.release();
    };
    await Promise.all(Array.from({ length: 200 }, add));
    expect((await pool.query('select value from counter')).rows).toEqual([{ value: 200 }]);
  });

  test('of six pools of five get their own answers, however large the statements of others are', async () => {
    const pools = Array.from({ length: 6 }, () => new pg.Pool({ connectionString: database.url, max: 5 }));
    const large = 'x'.repeat(300_000);
    const ask = async (client: pg.Pool, number: number): Promise<void> => {
      const text = number % 2 ? large : 'small';
      const { rows } = await client.query(`select $1::int as answer_${number}, length($2::text) as length`, [
        number,
        text,
      ]);
      expect(rows).toEqual([{ [`answer_${number}`]: number, length: text.length }]);
      expect((await client.query(`select $1::text as only_${number}`, [number])).rows).toHaveLength(1);
    };
    await Promise.all(
      pools.flatMap((client, index) => Array.from({ length: 30 }, (_, n) => ask(client, index * 30 + n))),
    );
    await Promise.all(pools.map((client) => client.end()));
  });

  test('go on when one of them is lost inside a transaction, which is rolled back', async () => {
    const lost = await rawClient();
    await lost.send(simpleQuery('begin; insert into counter values (50, 0)'));
    const waiting = pool.query('select id from counter where id = 50');
    lost.socket.destroy();
    expect((await waiting).rows).toEqual([]);
  });

  test('go on when one of them is lost inside a half-sent statement, which does nothing', async () => {
    const lost = await rawClient();
    const parse = message('P', '\0insert into counter values (51, 0)\0', Buffer.alloc(2));
    const bind = message('B', '\0\0', Buffer.alloc(6));
    const execute = message('E', '\0', Buffer.alloc(4));
    const flush = message('H', '');
    await lost.send(Buffer.concat([parse, bind, execute, flush]));
    const waiting = pool.query('select id from counter where id = $1', [51]);
    lost.socket.destroy();
    expect((await waiting).rows).toEqual([]);
  });

  test('go on when one of them is lost after an error in a half-sent statement', async () => {
    const lost = await rawClient();
    await lost.send(Buffer.concat([message('P', '\0select wrong\0', Buffer.alloc(2)), message('H', '')]));
    const waiting = pool.query('select id from counter where id = $1', [1]);
    lost.socket.destroy();
    expect((await waiting).rows).toEqual([{ id: 1 }]);
  });

  test('are warned when one keeps them waiting inside a transaction', async () => {
    const holder = await pool.connect();
    await holder.query('begin');
    const warned = once(process, 'warning');
    const waiting = pool.query('select 1 as one');
    const [warning] = await warned;
    expect(String(warning)).toMatch(/EmbeddedPostgresWarning: A transaction .* 1 statements wait for it/);
    await holder.query('rollback');
    holder.release();
    expect((await waiting).rows).toEqual([{ one: 1 }]);
  });
});

/** A client that can stop anywhere in the protocol. */
async function rawClient() {
  const folder = new URL(database.url).searchParams.get('host') ?? '';
  const socket = connect(socketPath(folder));
  await once(socket, 'connect');
  const send = async (bytes: Buffer): Promise<void> => {
    const answered = once(socket, 'data');
    socket.write(bytes);
    await answered;
  };
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + parameters.length, 0);
  head.writeInt32BE(196_608, 4);
  await send(Buffer.concat([head, parameters]));
  return { socket, send };
}

function message(type: string, text: string, rest = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(text), rest]);
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function simpleQuery(sql: string): Buffer {
  return message('Q', `${sql}\0`);
}
