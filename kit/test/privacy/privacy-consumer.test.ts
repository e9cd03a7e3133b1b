import { json } from 'node:stream/consumers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../src/database/id.js';
import { type Consumer, startConsumer } from '../../src/events/consumer.js';
import { type DomainEvent, defineEvent } from '../../src/events/event.js';
import { Inbox } from '../../src/events/inbox.entity.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { Outbox } from '../../src/events/outbox.entity.js';
import { privacyConsumer } from '../../src/privacy/privacy-consumer.js';
import {
  ACCOUNT_ERASED,
  EXPORT_REQUESTED,
  exportPartKey,
  ofExport,
  PRIVACY_STREAM,
  privacyEvents,
  type RoomPrivacy,
} from '../../src/privacy/room-privacy.js';
import type { TestDatabase } from '../../src/testing/database.js';
import { TestFiles } from '../../src/testing/test-files.js';
import { ArrayLog } from '../events/array-log.js';
import { eventDatabase, openRoom, ROOM } from '../events/event-room.js';

const accountErased = defineEvent({ type: ACCOUNT_ERASED, description: '', data: z.object({}) });
const exportRequested = defineEvent({ type: EXPORT_REQUESTED, description: '', data: ofExport });
const answers = privacyEvents(ROOM);
const consumers: Consumer[] = [];
let database: TestDatabase;
let orm: MikroORM;
let files: TestFiles;
let bus: MemoryEventBus;
let log: ArrayLog;

beforeAll(async () => {
  database = await eventDatabase();
  orm = await openRoom(database.url);
  files = await TestFiles.open('a secret that only tests know, long enough');
});

beforeEach(async () => {
  const tables = ['outbox', 'inbox', 'dead_letters', 'effects'].map((table) => `${ROOM}.${table}`);
  await orm.em.execute(`truncate ${tables.join(', ')}`);
  bus = new MemoryEventBus();
  log = new ArrayLog();
  bus.attach(PRIVACY_STREAM, log);
});

afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.stop();
});

afterAll(async () => {
  await files.close();
  await orm.close(true);
  await database.close();
});

async function run(privacy: RoomPrivacy, room = orm): Promise<void> {
  const consumer = privacyConsumer({ room: ROOM, privacy, em: room.em, storage: files.storage });
  const pace = { pollMs: 20, firstPauseMs: 1 };
  consumers.push(await startConsumer({ ...consumer, ...pace, em: room.em, bus }));
}

/** Publishes what accounts says, and waits until the room has dealt with it. */
async function tell(...events: DomainEvent[]): Promise<void> {
  for (const event of events) {
    const positioned = log.put(event);
    await bus.publish(PRIVACY_STREAM, [positioned], positioned.position - 1);
  }
  const place = { consumer: 'privacy', stream: PRIVACY_STREAM };
  await expect
    .poll(async () => (await orm.em.fork().findOne(Inbox, place))?.position, { timeout: 20_000, interval: 5 })
    .toBe(await log.top());
}

async function answered(): Promise<unknown[]> {
  const rows = await orm.em.fork().find(Outbox, {}, { orderBy: { sequence: 'asc' } });
  return rows.map(({ event: { type, subject, data } }) => ({ type, subject, data }));
}

async function leaveEffect(tx: EntityManager): Promise<void> {
  await tx.execute(`insert into ${ROOM}.effects (number) values (1)`);
}

async function countEffects(): Promise<number> {
  return (await orm.em.fork().execute(`select 1 from ${ROOM}.effects`)).length;
}

const nothing: RoomPrivacy = { collect: async () => ({ sections: {} }), erase: async () => {} };

test('a room puts its part of an archive into the storage and tells so with ids alone', async () => {
  const [userId, exportId] = [newId(), newId()];
  await run({ ...nothing, collect: async (_em, id) => ({ sections: { notes: [`of ${id}`] } }) });
  await tell(exportRequested.create({ subject: userId, data: { exportId } }));
  expect(await json(await files.storage.get(exportPartKey(exportId, ROOM)))).toEqual({
    sections: { notes: [`of ${userId}`] },
  });
  expect(await answered()).toEqual([{ type: answers.collected.type, subject: userId, data: { exportId } }]);
});

test('a part that a process left when it was killed is replaced, and a failure is answered once it is over', async () => {
  const [userId, exportId] = [newId(), newId()];
  const key = exportPartKey(exportId, ROOM);
  await files.storage.put(key, Buffer.from('{"sections":{"tries":0}}'), { contentType: 'application/json' });
  let tries = 0;
  await run({
    ...nothing,
    async collect() {
      tries += 1;
      if (tries === 1) throw new Error('Cut off');
      return { sections: { tries } };
    },
  });
  await tell(exportRequested.create({ subject: userId, data: { exportId } }));
  expect(await json(await files.storage.get(key))).toEqual({ sections: { tries: 2 } });
  expect(await answered()).toHaveLength(1);
});

test('files go before rows, and half an erasure is rolled back, done again and answered once', async () => {
  const key = `notes/${newId()}`;
  await files.storage.put(key, Buffer.from('a note'), { contentType: 'text/plain' });
  const steps: string[] = [];
  await run({
    ...nothing,
    async eraseFiles(_em, storage) {
      steps.push('files');
      await storage.remove([key]);
    },
    async erase(tx) {
      steps.push('rows');
      await leaveEffect(tx);
      if (steps.length === 2) throw new Error('Cut off');
    },
  });
  const userId = newId();
  await tell(accountErased.create({ subject: userId, data: {} }));
  expect(steps).toEqual(['files', 'rows', 'files', 'rows']);
  expect(await files.storage.head(key)).toBeUndefined();
  expect(await countEffects()).toBe(1);
  expect(await answered()).toEqual([{ type: answers.erased.type, subject: userId, data: {} }]);
});

test('of two processes one erases, and one answer is given for each person', async () => {
  const other = await openRoom(database.url);
  const erasing: RoomPrivacy = { ...nothing, erase: leaveEffect };
  await run(erasing);
  await run(erasing, other);
  const people = Array.from({ length: 50 }, () => newId());
  await tell(...people.map((subject) => accountErased.create({ subject, data: {} })));
  expect(await countEffects()).toBe(people.length);
  expect((await answered()).map((answer) => (answer as { subject: string }).subject)).toEqual(people);
  for (const consumer of consumers.splice(0)) await consumer.stop();
  await other.close(true);
});
