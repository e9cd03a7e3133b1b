import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '../../src/database/transaction.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { createRelayRow, numberEvents } from '../../src/events/numbering.js';
import { recordEvent } from '../../src/events/outbox.js';
import { outboxLog, purgeOutbox } from '../../src/events/outbox-log.js';
import { Relay, type RelayOptions } from '../../src/events/relay.js';
import type { TestDatabase } from '../../src/testing/database.js';
import {
  eventDatabase,
  hear,
  numbersOf,
  openRoom,
  RedisForTest,
  ROOM,
  reached,
  redisUrl,
  sampleTaken,
  takeSamples,
  upTo,
} from './event-room.js';

let database: TestDatabase;
let orm: MikroORM;
const relays: Relay[] = [];

beforeAll(async () => {
  database = await eventDatabase();
  orm = await openRoom(database.url);
});

beforeEach(async () => {
  await orm.em.execute(`truncate ${ROOM}.outbox, ${ROOM}.outbox_relay`);
});

afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
});

afterAll(async () => {
  await orm.close(true);
  await database.close();
});

async function startRelay(options: Pick<RelayOptions, 'bus'> & Partial<RelayOptions>): Promise<Relay> {
  const relay = new Relay({ stream: ROOM, em: orm.em, ...options });
  relays.push(relay);
  await relay.start();
  return relay;
}

describe('a relay on the bus of a single process', () => {
  test('publishes committed events in order, woken by the commit and not by its clock', async () => {
    const bus = new MemoryEventBus();
    const { events: heard } = hear(bus);
    await startRelay({ bus, pollMs: 3_600_000 });
    for (const number of upTo(5)) {
      await takeSamples(orm.em, [number]);
      await reached(bus, number);
    }
    expect(numbersOf(heard)).toEqual(upTo(5));
    expect(heard.map(({ position }) => position)).toEqual(upTo(5));
  });

  test('sees events of other processes by polling', async () => {
    const bus = new MemoryEventBus();
    await startRelay({ bus, pollMs: 5 });
    const other = await openRoom(database.url);
    await takeSamples(other.em, [1]);
    await reached(bus, 1);
    await other.close(true);
  });

  test('never publishes what was rolled back', async () => {
    const bus = new MemoryEventBus();
    const { events: heard } = hear(bus);
    await startRelay({ bus });
    const refused = transaction(orm.em, async (tx) => {
      recordEvent(tx, sampleTaken.create({ subject: 'a', data: { number: 1 } }));
      await tx.flush();
      throw new Error('changed my mind');
    });
    await expect(refused).rejects.toThrow('changed my mind');
    await takeSamples(orm.em, [2]);
    await reached(bus, 1);
    expect(numbersOf(heard)).toEqual([2]);
  });

  test('keeps the order in which one transaction recorded its events', async () => {
    const bus = new MemoryEventBus();
    const { events: heard } = hear(bus);
    await startRelay({ bus });
    await transaction(orm.em, async (tx) => {
      for (const number of upTo(50)) recordEvent(tx, sampleTaken.create({ subject: 'a', data: { number } }));
    });
    await reached(bus, 50);
    expect(numbersOf(heard)).toEqual(upTo(50));
  });

  test('gives history after a restart, with what was numbered and not yet published', async () => {
    await createRelayRow(orm.em);
    await takeSamples(orm.em, [1, 2]);
    await numberEvents(orm.em, 0);
    await takeSamples(orm.em, [3]);
    const bus = new MemoryEventBus();
    await startRelay({ bus });
    await reached(bus, 3);
    expect(numbersOf(await bus.read(ROOM, 0, 10))).toEqual([1, 2, 3]);
    expect(numbersOf(await bus.read(ROOM, 1, 1))).toEqual([2]);
  });

  test('two of them publish each event once', async () => {
    const bus = new MemoryEventBus();
    const { events: heard } = hear(bus);
    await startRelay({ bus, pollMs: 1 });
    await startRelay({ bus, pollMs: 1 });
    await takeSamples(orm.em, upTo(200));
    await reached(bus, 200);
    expect(numbersOf(heard)).toEqual(upTo(200));
  });

  test('tells of a failure and goes on when it has passed', async () => {
    const bus = new MemoryEventBus();
    await startRelay({ bus });
    let tell: (error: unknown) => void = () => {};
    const failed = new Promise<unknown>((resolve) => {
      tell = resolve;
    });
    await startRelay({ bus, pollMs: 1, onFault: tell });
    await orm.em.execute(`alter table ${ROOM}.outbox rename to mislaid`);
    expect(String(await failed)).toContain('outbox');
    await orm.em.execute(`alter table ${ROOM}.mislaid rename to outbox`);
    await takeSamples(orm.em, [1]);
    await reached(bus, 1);
  });
});

describe('recordEvent', () => {
  test('refuses to record outside a transaction', () => {
    const event = sampleTaken.create({ subject: 'a', data: { number: 1 } });
    expect(() => recordEvent(orm.em.fork(), event)).toThrow('transaction()');
  });
});

describe('purgeOutbox', () => {
  const tomorrow = () => new Date(Date.now() + 86_400_000);

  test('drops old published events and keeps younger ones', async () => {
    const bus = new MemoryEventBus();
    await startRelay({ bus });
    await takeSamples(orm.em, upTo(4));
    await reached(bus, 4);
    await orm.em.execute(`update ${ROOM}.outbox set positioned_at = now() - interval '8 days' where position <= 3`);
    const olderThan = new Date(Date.now() - 7 * 86_400_000);
    expect(await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan })).toBe(3);
    expect(await bus.oldest(ROOM)).toBe(4);
    expect(await bus.top(ROOM)).toBe(4);
  });

  test('leaves no hole where an older event follows a younger one', async () => {
    const bus = new MemoryEventBus();
    await startRelay({ bus });
    await takeSamples(orm.em, upTo(4));
    await reached(bus, 4);
    await orm.em.execute(
      `update ${ROOM}.outbox set positioned_at = now() - interval '8 days' where position in (1, 3)`,
    );
    const olderThan = new Date(Date.now() - 7 * 86_400_000);
    expect(await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan })).toBe(1);
    expect(numbersOf(await bus.read(ROOM, 0, 10))).toEqual([2, 3, 4]);
  });

  test('keeps what has not been published, however old', async () => {
    const bus = new MemoryEventBus();
    bus.attach(ROOM, outboxLog(orm.em));
    await createRelayRow(orm.em);
    expect(await bus.top(ROOM)).toBe(0);
    await takeSamples(orm.em, upTo(3));
    await numberEvents(orm.em, 0);
    await takeSamples(orm.em, [4]);
    expect(await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan: tomorrow() })).toBe(0);
    await startRelay({ bus });
    await reached(bus, 4);
    expect(await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan: tomorrow() })).toBe(4);
  });

  test('drops thousands in steps', async () => {
    const bus = new MemoryEventBus();
    await startRelay({ bus });
    await transaction(orm.em, async (tx) => {
      for (const number of upTo(2_500)) recordEvent(tx, sampleTaken.create({ subject: 'a', data: { number } }));
    });
    await reached(bus, 2_500);
    expect(await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan: tomorrow() })).toBe(2_500);
    expect(await bus.oldest(ROOM)).toBeUndefined();
    await takeSamples(orm.em, [1]);
    await reached(bus, 2_501);
  });
});

describe.skipIf(!redisUrl)('a relay on Redis', () => {
  let redis: RedisForTest;

  beforeEach(() => {
    redis = new RedisForTest();
  });

  afterEach(async () => {
    for (const relay of relays.splice(0)) await relay.stop();
    await redis.close();
  });

  test('publishes what a relay that died had numbered and not published, and what it had published only once', async () => {
    const bus = redis.openBus();
    await createRelayRow(orm.em);
    const events = await takeSamples(orm.em, upTo(6));
    await numberEvents(orm.em, 0);
    const positioned = events.map((event, index) => ({ position: index + 1, event }));
    await bus.publish(ROOM, positioned.slice(0, 2), 0);
    await startRelay({ bus });
    await reached(bus, 6);
    expect(numbersOf(await bus.read(ROOM, 0, 10))).toEqual(upTo(6));
  });

  test('sends everything that is held again after Redis has lost it', async () => {
    const bus = redis.openBus();
    await startRelay({ bus, pollMs: 5 });
    await takeSamples(orm.em, upTo(700));
    await reached(bus, 700);
    await redis.loseData();
    await reached(bus, 700);
    expect(numbersOf(await bus.read(ROOM, 0, 1_000))).toEqual(upTo(700));
  });

  test('goes on behind the top of Redis when the database was restored from an older backup', async () => {
    const bus = redis.openBus();
    const before = sampleTaken.create({ subject: 'lost', data: { number: 99 } });
    await bus.publish(
      ROOM,
      [5, 6, 7].map((position) => ({ position, event: before })),
      0,
    );
    await startRelay({ bus });
    await takeSamples(orm.em, [1, 2]);
    await reached(bus, 9);
    expect(numbersOf(await bus.read(ROOM, 7, 10))).toEqual([1, 2]);
  });

  test('purges Redis alongside the outbox', async () => {
    const bus = redis.openBus();
    await startRelay({ bus });
    await takeSamples(orm.em, upTo(10));
    await reached(bus, 10);
    await orm.em.execute(`update ${ROOM}.outbox set positioned_at = now() - interval '8 days' where position <= 6`);
    await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan: new Date(Date.now() - 7 * 86_400_000) });
    expect(await bus.oldest(ROOM)).toBe(7);
    await purgeOutbox({ em: orm.em, bus, stream: ROOM, olderThan: new Date(Date.now() + 1_000) });
    expect(await bus.oldest(ROOM)).toBeUndefined();
    expect(await bus.top(ROOM)).toBe(10);
    await takeSamples(orm.em, [11]);
    await reached(bus, 11);
    expect(numbersOf(await bus.read(ROOM, 0, 10))).toEqual([11]);
  });
});
