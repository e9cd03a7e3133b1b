import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { GraphQLError } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assertOutsideTransaction } from '../../src/database/transaction.js';
import type { EventBus } from '../../src/events/bus.js';
import { type Consumer, type ConsumerOptions, type EventHandler, startConsumer } from '../../src/events/consumer.js';
import type { DomainEvent } from '../../src/events/event.js';
import { eventMetrics } from '../../src/events/event-metrics.js';
import { DeadLetter, Inbox } from '../../src/events/inbox.entity.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { Relay } from '../../src/events/relay.js';
import { Metrics } from '../../src/telemetry/metrics.js';
import type { TestDatabase } from '../../src/testing/database.js';
import {
  eventDatabase,
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
let bus: MemoryEventBus;
const relays: Relay[] = [];
const consumers: Consumer[] = [];

beforeAll(async () => {
  database = await eventDatabase();
  orm = await openRoom(database.url);
});

beforeEach(async () => {
  const tables = ['outbox', 'outbox_relay', 'inbox', 'dead_letters', 'effects'].map((table) => `${ROOM}.${table}`);
  await orm.em.execute(`truncate ${tables.join(', ')}`);
  bus = new MemoryEventBus();
  await startRelay(bus);
});

afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.stop();
  for (const relay of relays.splice(0)) await relay.stop();
});

afterAll(async () => {
  await orm.close(true);
  await database.close();
});

async function startRelay(on: EventBus): Promise<Relay> {
  const relay = new Relay({ stream: ROOM, em: orm.em, bus: on, pollMs: 20 });
  relays.push(relay);
  await relay.start();
  return relay;
}

async function consume(
  handler: EventHandler | Record<string, EventHandler>,
  options: Partial<ConsumerOptions> = {},
): Promise<Consumer> {
  const handlers = isHandler(handler) ? { [sampleTaken.type]: handler } : handler;
  const defaults = { name: 'analysis', stream: ROOM, em: orm.em, bus, pollMs: 20, firstPauseMs: 1 };
  const consumer = await startConsumer({ ...defaults, handlers, ...options });
  consumers.push(consumer);
  return consumer;
}

function isHandler(handler: EventHandler | Record<string, EventHandler>): handler is EventHandler {
  return typeof handler.apply === 'function';
}

async function leaveEffect(tx: EntityManager, event: DomainEvent, madeBy = 'analysis'): Promise<void> {
  await tx.execute(`insert into ${ROOM}.effects (number, made_by) values (?, ?)`, [
    sampleTaken.parse(event).number,
    madeBy,
  ]);
}

async function effects(): Promise<number[]> {
  const rows = await orm.em.fork().execute<{ number: number }[]>(`select number from ${ROOM}.effects order by place`);
  return rows.map(({ number }) => number);
}

/** Resolves when a group has come as far as a position. */
async function arrived(position: number, consumer = 'analysis'): Promise<void> {
  await expect
    .poll(async () => (await orm.em.fork().findOne(Inbox, { consumer, stream: ROOM }))?.position, {
      timeout: 20_000,
      interval: 5,
    })
    .toBeGreaterThanOrEqual(position);
}

describe('a consumer', () => {
  test('gives each event its effect once and in order, beginning with the oldest held', async () => {
    await takeSamples(orm.em, upTo(10));
    await consume({ apply: (tx, event) => leaveEffect(tx, event) });
    await takeSamples(orm.em, [11, 12]);
    await arrived(12);
    expect(await effects()).toEqual(upTo(12));
  });

  test('goes on where it was after a restart', async () => {
    const handler = { apply: (tx: EntityManager, event: DomainEvent) => leaveEffect(tx, event) };
    const first = await consume(handler);
    await takeSamples(orm.em, upTo(3));
    await arrived(3);
    await first.stop();
    await takeSamples(orm.em, [4, 5]);
    await consume(handler);
    await arrived(5);
    expect(await effects()).toEqual(upTo(5));
  });

  test('may begin with what happens from now on', async () => {
    await takeSamples(orm.em, upTo(3));
    await reached(bus, 3);
    await consume({ apply: (tx, event) => leaveEffect(tx, event) }, { startAt: 'now' });
    await takeSamples(orm.em, [4]);
    await arrived(4);
    expect(await effects()).toEqual([4]);
  });

  test('passes over types that it does not handle', async () => {
    await consume({ 'tutorgraph.laboratory.sample.lost.v1': { apply: (tx, event) => leaveEffect(tx, event) } });
    await takeSamples(orm.em, upTo(5));
    await arrived(5);
    expect(await effects()).toEqual([]);
  });

  test('prepares outside the transaction and applies inside it what was prepared', async () => {
    const seen: unknown[] = [];
    const handler: EventHandler<{ price: number }> = {
      prepare: async (event) => {
        assertOutsideTransaction('Asking another service');
        return { price: sampleTaken.parse(event).number * 100 };
      },
      apply: async (_, event, prepared) => {
        expect(() => assertOutsideTransaction('Asking another service')).toThrow('inside a database transaction');
        seen.push([sampleTaken.parse(event).number, prepared.price]);
      },
    };
    await consume({ [sampleTaken.type]: handler });
    await takeSamples(orm.em, [1, 2]);
    await arrived(2);
    expect(seen).toEqual([
      [1, 100],
      [2, 200],
    ]);
  });

  test('tries again what failed, and its half effect is rolled back', async () => {
    const attempts: number[] = [];
    await consume({
      apply: async (tx, event) => {
        await leaveEffect(tx, event);
        attempts.push(sampleTaken.parse(event).number);
        if (attempts.length < 4) throw new Error('not yet');
      },
    });
    await takeSamples(orm.em, [1, 2]);
    await arrived(2);
    expect(attempts).toEqual([1, 1, 1, 1, 2]);
    expect(await effects()).toEqual([1, 2]);
  });

  test('puts a poison event among the dead letters, without what its error said, and goes on', async () => {
    const told: string[] = [];
    await consume(
      {
        apply: async (tx, event) => {
          if (sampleTaken.parse(event).number === 2) throw new TypeError('Anna Ivanova, +7 900 000 00 00');
          await leaveEffect(tx, event);
        },
      },
      {
        observer: {
          failed: () => told.push('failed'),
          deadLettered: (...of) => told.push(of.join(' ')),
        },
      },
    );
    const [, poison] = await takeSamples(orm.em, [1, 2, 3]);
    await arrived(3);
    expect(await effects()).toEqual([1, 3]);
    const letters = await orm.em.fork().find(DeadLetter, {});
    expect(letters).toMatchObject([
      { consumer: 'analysis', stream: ROOM, position: 2, errorCode: 'TypeError', failures: 10 },
    ]);
    expect(letters[0]?.event).toEqual(poison);
    expect(JSON.stringify(letters)).not.toContain('Anna');
    expect(told).toEqual([...Array<string>(10).fill('failed'), `analysis ${ROOM} ${sampleTaken.type}`]);
  });

  test('keeps the code of a refused statement or request with a dead letter', async () => {
    await consume(
      {
        apply: async (tx, event) => {
          if (sampleTaken.parse(event).number === 1)
            await tx.execute(`insert into ${ROOM}.effects (number) values (null)`);
          throw new GraphQLError('No', { extensions: { code: 'FORBIDDEN' } });
        },
      },
      { attempts: 2 },
    );
    await takeSamples(orm.em, [1, 2]);
    await arrived(2);
    const letters = await orm.em.fork().find(DeadLetter, {}, { orderBy: { position: 'asc' } });
    expect(letters.map(({ errorCode }) => errorCode)).toEqual(['23502', 'FORBIDDEN']);
  });

  test('does not give an event up while what it needs is away', async () => {
    let attempts = 0;
    await consume(
      {
        prepare: async () => {
          attempts += 1;
          if (attempts < 8) throw new GraphQLError('Away', { extensions: { code: 'SERVICE_UNAVAILABLE' } });
        },
        apply: (tx, event) => leaveEffect(tx, event),
      },
      { attempts: 2 },
    );
    await takeSamples(orm.em, [1]);
    await arrived(1);
    expect(await effects()).toEqual([1]);
    expect(await orm.em.fork().count(DeadLetter)).toBe(0);
  });

  test('says that it missed events which are no longer held, and goes on with the oldest', async () => {
    const faults: object[] = [];
    const logger = { warn: () => {}, error: (fields: object) => faults.push(fields) };
    const handler = { apply: (tx: EntityManager, event: DomainEvent) => leaveEffect(tx, event) };
    const first = await consume(handler);
    await takeSamples(orm.em, [1]);
    await arrived(1);
    await first.stop();
    await takeSamples(orm.em, upTo(5).slice(1));
    await reached(bus, 5);
    await orm.em.execute(`delete from ${ROOM}.outbox where position <= 3`);
    await consume(handler, { logger });
    await arrived(5);
    expect(await effects()).toEqual([1, 4, 5]);
    expect(faults).toEqual([{ consumer: 'analysis', stream: ROOM, after: 1, next: 4 }]);
  });

  test('shows in the metrics what it did and how far it is behind', async () => {
    const metrics = new Metrics();
    const handler = {
      apply: async (tx: EntityManager, event: DomainEvent) => {
        if (sampleTaken.parse(event).number === 2) throw new Error('poison');
        await leaveEffect(tx, event);
      },
    };
    await takeSamples(orm.em, upTo(3));
    await consume(handler, { observer: eventMetrics(metrics), attempts: 2 });
    const group = `consumer="analysis",stream="${ROOM}"`;
    const labels = `{${group},type="${sampleTaken.type}"}`;
    const shown = expect.poll(async () => (await metrics.expose()).body);
    await shown.toContain(`events_consumed_total${labels} 2`);
    await shown.toContain(`events_failed_total${labels} 2`);
    await shown.toContain(`events_dead_lettered_total${labels} 1`);
    await shown.toContain(`events_consumer_lag{${group}} 0`);
  });

  test('finishes the event in hand when it is stopped', async () => {
    let enter: () => void = () => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const consumer = await consume({
      apply: async (tx, event) => {
        await leaveEffect(tx, event);
        enter();
        await released;
      },
    });
    await takeSamples(orm.em, [1, 2]);
    await entered;
    const stopped = consumer.stop();
    release();
    await stopped;
    expect(await effects()).toEqual([1]);
  });
});

describe('a consumer group', () => {
  test('of two processes gives each event its effect once and in order', async () => {
    const other = await openRoom(database.url);
    const rooms = [orm, other];
    for (const [index, room] of rooms.entries()) {
      await consume(
        {
          prepare: async () => new Promise((resolve) => setImmediate(resolve)),
          apply: (tx, event) => leaveEffect(tx, event, `process ${index}`),
        },
        { em: room.em, pollMs: 1 },
      );
    }
    await takeSamples(orm.em, upTo(300));
    await arrived(300);
    expect(await effects()).toEqual(upTo(300));
    for (const consumer of consumers.splice(0)) await consumer.stop();
    await other.close(true);
  });

  test('goes on in the other process when the first one stops', async () => {
    const other = await openRoom(database.url);
    const handler = { apply: (tx: EntityManager, event: DomainEvent) => leaveEffect(tx, event) };
    const first = await consume(handler);
    const second = await consume(handler, { em: other.em });
    await takeSamples(orm.em, upTo(20));
    await first.stop();
    await takeSamples(orm.em, upTo(40).slice(20));
    await arrived(40);
    expect(await effects()).toEqual(upTo(40));
    await second.stop();
    await other.close(true);
  });

  test('does not share its place with another group', async () => {
    await consume({ apply: (tx, event) => leaveEffect(tx, event, 'analysis') });
    await consume({ apply: (tx, event) => leaveEffect(tx, event, 'archive') }, { name: 'archive' });
    await takeSamples(orm.em, upTo(3));
    await Promise.all([arrived(3), arrived(3, 'archive')]);
    expect((await effects()).sort()).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

test.skipIf(!redisUrl)('late and repeated deliveries on Redis do not repeat effects', async () => {
  const redis = new RedisForTest();
  const shared = redis.openBus();
  const relay = await startRelay(shared);
  await consume({ apply: (tx, event) => leaveEffect(tx, event) }, { bus: redis.openBus() });
  await takeSamples(orm.em, upTo(30));
  await arrived(30);
  await redis.loseData();
  await takeSamples(orm.em, upTo(40).slice(30));
  await arrived(40);
  expect(await shared.oldest(ROOM)).toBe(1);
  expect(await effects()).toEqual(upTo(40));
  for (const consumer of consumers.splice(0)) await consumer.stop();
  await relay.stop();
  await redis.close();
});
