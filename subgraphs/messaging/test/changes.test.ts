import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepEpoch } from '../src/changes/sync-epoch.js';
import { Phone } from './phone.js';

let graph: TestGraph;
let em: EntityManager;
let userId: string;
let phone: Phone;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('The messaging room did not start');
  em = room.orm.em;
});

beforeEach(() => {
  userId = newId();
  phone = new Phone(em, userId);
});

afterAll(() => graph?.close());

type Run = (text: string, values?: unknown[]) => Promise<unknown>;
const run: Run = (text, values = []) => em.fork().execute(text, values);

async function addNotification(of = userId, on: Run = run): Promise<string> {
  const id = newId();
  await on(
    `insert into messaging.notifications (id, user_id, type, source_id, urgency, "values", created_at)
     values ('${id}', '${of}', 'A_TYPE', '${id}', 'NORMAL', '{}', now())`,
  );
  return id;
}

async function addRoom(): Promise<string> {
  const id = newId();
  await run(
    `insert into messaging.chat_rooms (id, kind, title, last_activity_at, created_at, updated_at)
     values ('${id}', 'NAMED', 'A room', now(), now(), now())`,
  );
  return id;
}

const join = (roomId: string, of = userId, on: Run = run) =>
  on(
    `insert into messaging.chat_members (room_id, user_id, role, joined_at) values ('${roomId}', '${of}', 'MEMBER', now())
     on conflict (room_id, user_id) do update set ended_at = null, ending = null`,
  );
const leave = (roomId: string, of = userId) =>
  run(
    `update messaging.chat_members set ended_at = now(), ending = 'LEFT' where room_id = '${roomId}' and user_id = '${of}'`,
  );

async function write(roomId: string, on: Run = run): Promise<string> {
  const id = newId();
  await on(
    `with locked as (
       update messaging.chat_rooms set last_sequence = last_sequence + 1 where id = '${roomId}' returning last_sequence
     )
     insert into messaging.chat_messages (id, room_id, sequence, text, created_at)
     select '${id}', '${roomId}', last_sequence, 'Hello', now() from locked`,
  );
  return id;
}

const erase = (messageId: string) =>
  run(`update messaging.chat_messages set text = '', deleted_at = now() where id = '${messageId}'`);

describe('a device that asks for the first time', () => {
  it('gets what there is, without what is gone', async () => {
    const [roomId, left] = [await addRoom(), await addRoom()];
    await join(roomId);
    await join(left);
    await leave(left);
    const messageId = await write(roomId);
    await write(left);
    const notificationId = await addNotification();
    const deleted = await addNotification();
    await run(`update messaging.notifications set deleted_at = now() where id = '${deleted}'`);
    await addNotification(newId());
    const { changes, isReset, hasMore } = await phone.ask();
    expect({ isReset, hasMore }).toEqual({ isReset: true, hasMore: false });
    expect(changes).toEqual([
      { what: 'ROOM', id: roomId, isGone: false, isNew: true },
      { what: 'MESSAGE', id: messageId, isGone: false, isNew: false },
      { what: 'NOTIFICATION', id: notificationId, isGone: false, isNew: false },
    ]);
    expect(await phone.ask()).toMatchObject({ changes: [], isReset: false, hasMore: false });
  });

  it('gets the youngest messages of a room that has many', async () => {
    const roomId = await addRoom();
    await join(roomId);
    await run(
      `insert into messaging.chat_messages (id, room_id, sequence, text, created_at)
       select gen_random_uuid(), '${roomId}', n, 'Hello', now() from generate_series(1, 250) n`,
    );
    await run(`update messaging.chat_rooms set last_sequence = 250 where id = '${roomId}'`);
    const { changes } = await phone.askUntilDone(30);
    const ids = changes.filter(({ what }) => what === 'MESSAGE').map(({ id }) => id);
    const rows = (await run(`select min(sequence)::int as oldest, count(*)::int as number from messaging.chat_messages
      where id = any('{${ids.join(',')}}')`)) as { oldest: number; number: number }[];
    expect(rows).toEqual([{ oldest: 151, number: 100 }]);
    expect(ids).toHaveLength(100);
  });
});

describe('a device that asks again', () => {
  it('hears of what changed since, and of what is gone', async () => {
    const roomId = await addRoom();
    await join(roomId);
    const [edited, deleted] = [await write(roomId), await write(roomId)];
    const [read, removed] = [await addNotification(), await addNotification()];
    await addNotification();
    await phone.ask();
    await run(`update messaging.chat_messages set text = 'Hello!', edited_at = now() where id = '${edited}'`);
    await erase(deleted);
    await run(`update messaging.notifications set read_at = now() where id = '${read}'`);
    await run(`update messaging.notifications set deleted_at = now() where id = '${removed}'`);
    expect((await phone.ask()).changes).toEqual([
      { what: 'MESSAGE', id: edited, isGone: false, isNew: false },
      { what: 'MESSAGE', id: deleted, isGone: false, isNew: false },
      { what: 'NOTIFICATION', id: read, isGone: false, isNew: false },
      { what: 'NOTIFICATION', id: removed, isGone: true, isNew: false },
    ]);
    await leave(roomId);
    await write(roomId);
    expect((await phone.ask()).changes).toEqual([{ what: 'ROOM', id: roomId, isGone: true, isNew: false }]);
  });

  it('hears of a message again when something is shown with it that was not before', async () => {
    const roomId = await addRoom();
    await join(roomId);
    const [liked, pinned, hidden] = [await write(roomId), await write(roomId), await write(roomId)];
    await run(`update messaging.chat_messages set has_contacts = true where id = '${hidden}'`);
    await phone.ask();
    const told = async () => {
      const { changes } = await phone.ask();
      return changes.filter(({ what }) => what === 'MESSAGE').map(({ id }) => id);
    };
    const like = `values ('${liked}', '${newId()}', '👍', now())`;
    await run(`insert into messaging.chat_reactions (message_id, user_id, emoji, created_at) ${like}`);
    await run(
      `insert into messaging.chat_pins (message_id, room_id, pinned_at) values ('${pinned}', '${roomId}', now())`,
    );
    expect(await told()).toEqual([liked, pinned]);
    await run(`delete from messaging.chat_reactions where message_id = '${liked}'`);
    await run(`update messaging.chat_rooms set hides_contacts = true where id = '${roomId}'`);
    expect(await told()).toEqual([liked, hidden]);
  });

  it('gets a room anew that one left and came back to, with what was written meanwhile', async () => {
    const roomId = await addRoom();
    await join(roomId);
    const before = await write(roomId);
    await phone.ask();
    await leave(roomId);
    const missed = await write(roomId);
    await phone.ask();
    await join(roomId);
    expect((await phone.ask()).changes).toEqual([
      { what: 'ROOM', id: roomId, isGone: false, isNew: true },
      { what: 'MESSAGE', id: before, isGone: false, isNew: false },
      { what: 'MESSAGE', id: missed, isGone: false, isNew: false },
    ]);
    const after = await write(roomId);
    expect((await phone.ask()).changes).toEqual([
      { what: 'ROOM', id: roomId, isGone: false, isNew: false },
      { what: 'MESSAGE', id: after, isGone: false, isNew: false },
    ]);
  });

  it('is told each change once over small pages, also of what changes between them', async () => {
    const roomId = await addRoom();
    await join(roomId);
    const ids = [await write(roomId), await write(roomId), await write(roomId), await addNotification()];
    const first = await phone.ask(2);
    expect(first.hasMore).toBe(true);
    const late = await write(roomId);
    await erase(ids[2] ?? '');
    const rest = await phone.askUntilDone(2);
    const told = [...first.changes, ...rest.changes].filter(({ what }) => what !== 'ROOM').map(({ id }) => id);
    expect(told.toSorted()).toEqual([...ids, late].toSorted());
  });

  it('starts anew with a cursor that is too old, of somebody else or of another database', async () => {
    await addNotification();
    await phone.ask();
    const held = phone.cursor ?? '';
    const other = (change: object) => phone.change(held, change);
    const old = { snapshot: '1:2:', at: Date.now() - 61 * 24 * 60 * 60 * 1_000 };
    for (const cursor of [
      other({ since: old }),
      other({ viewerId: newId() }),
      other({ epoch: randomUUID() }),
      // A server that was set back has not come so far yet.
      other({ since: { snapshot: '1:999999999999:', at: Date.now() } }),
    ]) {
      phone.cursor = cursor;
      expect(await phone.ask()).toMatchObject({ isReset: true, changes: [{ what: 'NOTIFICATION' }] });
    }
    phone.cursor = held;
    expect(await phone.ask()).toMatchObject({ isReset: false, changes: [] });
  });

  it.each(['', 'nonsense', Buffer.from('{}').toString('base64url')])(
    'refuses a cursor that nobody gave: %j',
    async (cursor) => {
      phone.cursor = cursor || '%';
      await expect(phone.ask()).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );

  it('refuses a cursor with a snapshot that is none', async () => {
    await phone.ask();
    phone.cursor = phone.change(phone.cursor ?? '', { since: { snapshot: '9:2:', at: Date.now() } });
    await expect(phone.ask()).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('a database that was restored', () => {
  it('tells devices to start anew, and has rows again whose transactions were of another server', async () => {
    const roomId = await addRoom();
    await join(roomId);
    const [messageId, notificationId] = [await write(roomId), await addNotification()];
    await phone.ask();
    const { cursor } = phone;
    // As a dump brings it that another server wrote: that one had come further, and triggers were not there yet.
    const future = `(pg_current_xact_id()::text::numeric + 1000000)::text::xid8`;
    const tables = ['chat_messages', 'chat_rooms', 'chat_members', 'notifications'];
    await transaction(em, async (tx) => {
      for (const table of tables) {
        await tx.execute(`alter table messaging.${table} disable trigger user`);
        await tx.execute(`update messaging.${table} set changed_tx = ${future}`);
      }
      await tx.execute(`update messaging.chat_members set joined_tx = ${future}`);
      for (const table of tables) await tx.execute(`alter table messaging.${table} enable trigger user`);
      await tx.execute(`update messaging.sync_epoch set fingerprint = 'another server'`);
    });
    expect((await phone.ask()).changes).toEqual([]);
    phone.cursor = cursor;
    await keepEpoch(em);
    const { isReset, changes } = await phone.ask();
    expect(isReset).toBe(true);
    expect(changes.map(({ what, id }) => [what, id])).toEqual([
      ['ROOM', roomId],
      ['MESSAGE', messageId],
      ['NOTIFICATION', notificationId],
    ]);
    // Every process that starts does this; only the first has something to do.
    await keepEpoch(em);
    expect(await phone.ask()).toMatchObject({ isReset: false, changes: [] });
  });
});

/** The embedded database has one transaction at a time. */
describe.runIf(isRealPostgres())('while transactions take their time (runs when DATABASE_URL is set)', () => {
  let slow: pg.Client;
  const during: Run = (text) => slow.query(text);

  beforeEach(async () => {
    slow = new pg.Client({ connectionString: graph.databaseUrl });
    await slow.connect();
  });

  it('loses nothing that a transaction began before and commits after younger ones were told', async () => {
    const roomId = await addRoom();
    await join(roomId);
    await phone.ask();
    await slow.query('begin');
    const late = await addNotification(userId, during);
    const early = await addNotification();
    expect((await phone.ask()).changes.map(({ id }) => id)).toEqual([early]);
    await slow.query('commit');
    await slow.end();
    expect((await phone.ask()).changes.map(({ id }) => id)).toEqual([late]);
    expect((await phone.ask()).changes).toEqual([]);
  });

  it('tells what was joined in a long transaction when it is there, with its messages', async () => {
    const roomId = await addRoom();
    const messageId = await write(roomId);
    await phone.ask();
    await slow.query('begin');
    await join(roomId, userId, during);
    await addNotification();
    await phone.ask();
    await slow.query('commit');
    await slow.end();
    expect((await phone.ask()).changes).toEqual([
      { what: 'ROOM', id: roomId, isGone: false, isNew: true },
      { what: 'MESSAGE', id: messageId, isGone: false, isNew: false },
    ]);
  });

  it('ends with exactly what the database holds, whatever many writers do meanwhile', async () => {
    await slow.end();
    const rooms = [await addRoom(), await addRoom(), await addRoom()];
    for (const roomId of rooms) await join(roomId);
    const writers = await Promise.all(Array.from({ length: 6 }, () => Writer.open(graph.databaseUrl)));
    let isWriting = true;
    const writing = Promise.all(writers.map((writer) => writer.work(rooms, userId))).finally(() => (isWriting = false));
    while (isWriting) {
      await phone.ask(1 + Math.floor(Math.random() * 20));
    }
    await writing;
    await phone.askUntilDone(50);
    expect(phone.held('MESSAGE')).toEqual(await versions('chat_messages', `room_id = any('{${rooms.join(',')}}')`));
    expect(phone.held('NOTIFICATION')).toEqual(
      await versions('notifications', `user_id = '${userId}' and deleted_at is null`),
    );
    expect(phone.told).toBeGreaterThan(200);
    // Each version of a row is told once; repeats are rows that changed again.
    expect(phone.repeats).toBe(0);
  }, 60_000);
});

async function versions(table: string, condition: string): Promise<Record<string, string>> {
  const rows = (await run(`select id, changed_tx::text as tx from messaging.${table} where ${condition}`)) as {
    id: string;
    tx: string;
  }[];
  return Object.fromEntries(rows.map(({ id, tx }) => [id, tx]));
}

/** Writes in transactions of random length, some of which are rolled back. */
class Writer {
  private constructor(private readonly client: pg.Client) {}

  static async open(connectionString: string): Promise<Writer> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return new Writer(client);
  }

  async work(rooms: readonly string[], of: string): Promise<void> {
    const on: Run = (text) => this.client.query(text);
    for (let round = 0; round < 40; round++) {
      await this.client.query('begin');
      const roomId = rooms[Math.floor(Math.random() * rooms.length)] ?? '';
      const made = [await addNotification(of, on), await addNotification(of, on)];
      await on('select pg_sleep(random() * 0.03)');
      const messageId = await write(roomId, on);
      if (Math.random() < 0.3)
        await on(`update messaging.chat_messages set text = 'Changed' where id = '${messageId}'`);
      if (Math.random() < 0.3)
        await on(`update messaging.notifications set deleted_at = now() where id = '${made[0]}'`);
      await this.client.query(Math.random() < 0.1 ? 'rollback' : 'commit');
      // Of others' rows only notifications, which nobody else locks twice.
      await on(`update messaging.notifications set read_at = now() where id in (
        select id from messaging.notifications where user_id = '${of}' order by random() limit 1 for update skip locked)`);
    }
    await this.client.end();
  }
}
