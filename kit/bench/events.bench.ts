import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openBenchBus } from '@tutorgraph/kit/bench/bus';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase, openPool } from '@tutorgraph/kit/bench/database';
import { p99Within, perSecond } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { createOrm } from '@tutorgraph/kit/database/orm';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { EventBus } from '@tutorgraph/kit/events/bus';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { LiveStream } from '@tutorgraph/kit/events/live-stream';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Relay } from '@tutorgraph/kit/events/relay';
import { z } from 'zod';

const ROOM = 'bench';
const AT_A_TIME = 32;

const sampleTaken = defineEvent({
  type: 'tutorgraph.bench.sample.taken.v1',
  description: 'A sample was taken.',
  data: z.object({ number: z.number().int() }),
});

/** From a business transaction to a live subscriber, by way of outbox, relay and bus. */
export async function bench(compare: Compare): Promise<void> {
  const database = await benchDatabase({ migrate: createTables, cacheKey: [fileURLToPath(import.meta.url)] });
  const orm = await openRoom(database.url);
  const pool = openPool(database.url, AT_A_TIME);
  const { bus, close: closeBus } = await openBenchBus();
  const relay = new Relay({ stream: ROOM, em: orm.em, bus });
  await relay.start();
  const subscriber = await subscribe(bus);
  const insert = repeat((index) => {
    const event = sampleTaken.create({ subject: `inserted-${index}`, data: { number: index } });
    return pool.query(`insert into ${ROOM}.raw_events (event) values ($1)`, [JSON.stringify(event)]);
  });
  const peer = { name: 'a bare insert of the event, committed', load: insert };
  const load = repeat(async (index) => {
    const event = sampleTaken.create({ subject: `sample-${index}`, data: { number: index } });
    const heard = subscriber.hears(event.id);
    await transaction(orm.em, async (tx) => recordEvent(tx, event));
    await heard;
  });
  await compare({ name: 'an event, from commit to live subscriber', load, peer, goal: p99Within(100) });
  await compare({
    name: 'events, from commit to live subscriber',
    load,
    peer,
    goal: perSecond(1_000),
    concurrency: AT_A_TIME,
  });
  subscriber.close();
  await relay.stop();
  await closeBus();
  await pool.end();
  await orm.close();
  await database.close();
}

function openRoom(url: string): Promise<MikroORM> {
  const migrations = new URL('./migrations/', import.meta.url);
  return createOrm({ room: ROOM, entities: eventEntities, migrations }, { url, poolSize: AT_A_TIME });
}

async function createTables(url: string): Promise<void> {
  const orm = await openRoom(url);
  await orm.schema.create();
  await orm.em.execute(`create table ${ROOM}.raw_events (sequence bigserial primary key, event jsonb not null)`);
  await orm.close();
}

/** One live subscription to everything. */
async function subscribe(bus: EventBus) {
  const live = new LiveStream({ stream: ROOM, bus });
  const messages = live.subscribe();
  await messages.next();
  const waiting = new Map<string, () => void>();
  const listen = async (): Promise<void> => {
    for await (const { event } of messages) {
      waiting.get(event?.id ?? '')?.();
      waiting.delete(event?.id ?? '');
    }
  };
  void listen();
  return {
    hears: (id: string) => new Promise<void>((resolve) => waiting.set(id, resolve)),
    close: () => live.close(),
  };
}
