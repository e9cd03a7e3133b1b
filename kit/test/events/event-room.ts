import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { createOrm } from '../../src/database/orm.js';
import { transaction } from '../../src/database/transaction.js';
import type { EventBus } from '../../src/events/bus.js';
import { eventEntities } from '../../src/events/entities.js';
import { type DomainEvent, defineEvent, type PositionedEvent } from '../../src/events/event.js';
import type { EventLogger } from '../../src/events/observer.js';
import { recordEvent } from '../../src/events/outbox.js';
import { RedisEventBus } from '../../src/events/redis-bus.js';
import { type TestDatabase, testDatabase } from '../../src/testing/database.js';
import { testEnvironment } from '../../src/testing/environment.js';

/** The room whose tables these tests use. */
export const ROOM = 'laboratory';

/** What happens in that room. */
export const sampleTaken = defineEvent({
  type: 'tutorgraph.laboratory.sample.taken.v1',
  description: 'A sample was taken.',
  data: z.object({ number: z.number().int() }),
});

/** Opens another instance of the room, as another process would. */
export function openRoom(url: string, poolSize?: number): Promise<MikroORM> {
  const migrations = new URL('./migrations/', import.meta.url);
  return createOrm({ room: ROOM, entities: eventEntities, migrations }, { url, poolSize });
}

/** A throw-away database with the room's tables, and one where consumers of these tests leave their effects. */
export function eventDatabase(): Promise<TestDatabase> {
  const sources = ['./event-room.ts', '../../src/events/outbox.entity.ts', '../../src/events/inbox.entity.ts'];
  return testDatabase({
    cacheKey: sources.map((file) => fileURLToPath(new URL(file, import.meta.url))),
    migrate: async (url) => {
      const orm = await openRoom(url);
      await orm.schema.create();
      await orm.em.execute(`create table ${ROOM}.effects (place bigserial, number int not null, made_by text)`);
      await orm.close(true);
    },
  });
}

/** Takes samples, each in a transaction of its own, one after the other. */
export async function takeSamples(em: EntityManager, numbers: readonly number[]): Promise<DomainEvent[]> {
  const events: DomainEvent[] = [];
  for (const number of numbers) {
    const event = sampleTaken.create({ subject: `sample-${number}`, data: { number } });
    await transaction(em, async (tx) => recordEvent(tx, event));
    events.push(event);
  }
  return events;
}

/** The samples' numbers, in the order of the events. */
export function numbersOf(events: readonly (PositionedEvent | DomainEvent)[]): number[] {
  return events.map((item) => sampleTaken.parse('event' in item ? item.event : item).number);
}

/** 1, 2, … last */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Resolves when a stream's top has come as far as a position. */
export function reached(bus: EventBus, position: number, stream = ROOM): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = bus.listen(stream, (event) => {
      if (event.position >= position) done();
    });
    const done = (): void => {
      end();
      resolve();
    };
    bus.top(stream).then((top) => top >= position && done(), reject);
  });
}

/** Everything that a listener hears, and a wait for it. */
export function hear(bus: EventBus, stream = ROOM) {
  const events: PositionedEvent[] = [];
  let awaited = Number.POSITIVE_INFINITY;
  let resolve: () => void = () => {};
  bus.listen(stream, (event) => {
    events.push(event);
    if (event.position >= awaited) resolve();
  });
  const until = (position: number): Promise<void> => {
    awaited = position;
    return new Promise((done) => {
      resolve = done;
      if ((events.at(-1)?.position ?? 0) >= position) done();
    });
  };
  return { events, until };
}

/** Is there a Redis to test with? */
export const redisUrl = testEnvironment().REDIS_URL;

/** Keys of one test, and buses on them. */
export class RedisForTest {
  readonly prefix = `test:events:${randomBytes(6).toString('hex')}:`;
  readonly client = new Redis(redisUrl ?? '', { lazyConnect: true });
  private readonly buses: RedisEventBus[] = [];

  /** Another process's bus. */
  openBus(logger?: Pick<EventLogger, 'warn'>): RedisEventBus {
    const bus = new RedisEventBus({ url: redisUrl ?? '', prefix: this.prefix, logger });
    this.buses.push(bus);
    return bus;
  }

  /** What a flush does to a stream. */
  async loseData(stream = ROOM): Promise<void> {
    await this.client.del(this.prefix + stream);
  }

  async close(): Promise<void> {
    for (const bus of this.buses) await bus.close();
    await this.loseData();
    this.client.disconnect();
  }
}
