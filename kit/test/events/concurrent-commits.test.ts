import type { MikroORM } from '@mikro-orm/postgresql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '../../src/database/transaction.js';
import type { EventBus } from '../../src/events/bus.js';
import { type LiveMessage, LiveStream } from '../../src/events/live-stream.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { recordEvent } from '../../src/events/outbox.js';
import { Relay } from '../../src/events/relay.js';
import { isRealPostgres, type TestDatabase } from '../../src/testing/database.js';
import { eventDatabase, openRoom, RedisForTest, ROOM, redisUrl, sampleTaken, upTo } from './event-room.js';

const COMMITS = 4_000;
const ROLLED_BACK = 400;
const WRITING_CONNECTIONS = 40;

// On the embedded database transactions come one after the other: there is no race to survive.
describe.skipIf(!isRealPostgres())(`${COMMITS} concurrent commits reach a subscriber that reconnects at random`, () => {
  let database: TestDatabase;
  let writers: MikroORM;
  const rooms: MikroORM[] = [];
  const relays: Relay[] = [];
  const streams: LiveStream[] = [];

  beforeEach(async () => {
    database = await eventDatabase();
    writers = await openRoom(database.url, WRITING_CONNECTIONS);
  });

  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    for (const relay of relays.splice(0)) await relay.stop();
    for (const orm of [writers, ...rooms.splice(0)]) await orm.close(true);
    await database.close();
  });

  async function startProcess(bus: EventBus): Promise<void> {
    const orm = await openRoom(database.url, 2);
    rooms.push(orm);
    const relay = new Relay({ stream: ROOM, em: orm.em, bus, pollMs: 5 });
    relays.push(relay);
    await relay.start();
    streams.push(new LiveStream({ stream: ROOM, bus, ringSize: 200 }));
  }

  /** Commits come in another order than the rows were inserted, and some never. */
  async function commitAll(): Promise<void> {
    const write = async (number: number): Promise<void> => {
      await transaction(writers.em, async (tx) => {
        recordEvent(tx, sampleTaken.create({ subject: `sample-${number}`, data: { number } }));
        await tx.flush();
        await tx.execute('select pg_sleep(?)', [Math.random() * 0.02]);
        if (number > COMMITS) throw new Error('rolled back');
      }).catch((error: unknown) => {
        if (number <= COMMITS) throw error;
      });
    };
    const numbers = upTo(COMMITS + ROLLED_BACK).sort(() => Math.random() - 0.5);
    await Promise.all(numbers.map(write));
  }

  /** Every few messages it leaves, and comes back with its cursor, perhaps to another process. */
  async function receiveAll(from: string, onReceived: (count: number) => Promise<void>): Promise<LiveMessage[]> {
    const received: LiveMessage[] = [];
    let after = from;
    while (received.length < COMMITS) {
      const live = streams[Math.floor(Math.random() * streams.length)];
      const subscription = live?.subscribe({ after });
      let left = Math.ceil(Math.random() * 300);
      for await (const message of subscription ?? []) {
        after = message.cursor;
        if (message.event) received.push(message);
        if (message.event) await onReceived(received.length);
        if (received.length === COMMITS || --left === 0) break;
      }
    }
    return received;
  }

  async function currentCursor(): Promise<string> {
    const subscription = streams[0]?.subscribe();
    const first = await subscription?.next();
    await subscription?.return();
    return first?.value?.cursor ?? '';
  }

  async function expectEachOnceInOrder(received: LiveMessage[]): Promise<void> {
    expect(received.map(({ position }) => position)).toEqual(upTo(COMMITS));
    const numbers = received.map(({ event }) => (event ? sampleTaken.parse(event).number : 0));
    expect(numbers.sort((a, b) => a - b)).toEqual(upTo(COMMITS));
    const [row] = await writers.em.execute<{ overtaken: number }[]>(
      `select count(*)::int as overtaken from (
         select sequence, max(sequence) over (order by position) as highest from ${ROOM}.outbox
       ) as walk where sequence < highest`,
    );
    // Else nothing was shown: a reader by insertion would have lost these.
    expect(row?.overtaken).toBeGreaterThan(COMMITS / 20);
  }

  test('each once and in the order of position, in one process with two relays', { timeout: 120_000 }, async () => {
    const bus = new MemoryEventBus();
    await startProcess(bus);
    await startProcess(bus);
    const receiving = receiveAll(await currentCursor(), async () => {});
    await commitAll();
    await expectEachOnceInOrder(await receiving);
    await bus.close();
  });

  describe.skipIf(!redisUrl)('on Redis', () => {
    let redis: RedisForTest;

    beforeEach(() => {
      redis = new RedisForTest();
    });

    afterEach(async () => {
      for (const relay of relays.splice(0)) await relay.stop();
      await redis.close();
    });

    test('each once and in order, with two processes of which one dies', { timeout: 120_000 }, async () => {
      await startProcess(redis.openBus());
      await startProcess(redis.openBus());
      const receiving = receiveAll(await currentCursor(), async (count) => {
        if (count === COMMITS / 2) await relays[0]?.stop();
      });
      await commitAll();
      await expectEachOnceInOrder(await receiving);
    });

    test('each once and in order, though Redis loses its data on the way', { timeout: 120_000 }, async () => {
      await startProcess(redis.openBus());
      await startProcess(redis.openBus());
      const receiving = receiveAll(await currentCursor(), async (count) => {
        if (count % 1_000 === 500) await redis.loseData();
      });
      await commitAll();
      await expectEachOnceInOrder(await receiving);
    });
  });
});
