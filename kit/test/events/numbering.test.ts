import { expect, test } from 'vitest';
import { createRelayRow, numberEvents } from '../../src/events/numbering.js';
import { outboxLog } from '../../src/events/outbox-log.js';
import { isRealPostgres } from '../../src/testing/database.js';
import { eventDatabase, numbersOf, openRoom, takeSamples, upTo } from './event-room.js';

test.skipIf(!isRealPostgres())(
  'many relays that number at the same moment leave no hole and repeat no position',
  async () => {
    const database = await eventDatabase();
    const orm = await openRoom(database.url, 20);
    await createRelayRow(orm.em);
    const writers = upTo(6).map((writer) =>
      takeSamples(
        orm.em,
        upTo(150).map((number) => writer * 1_000 + number),
      ),
    );
    let isWriting = true;
    const relays = upTo(10).map(async () => {
      while (isWriting) await numberEvents(orm.em, 0);
    });
    const written = (await Promise.all(writers)).flat();
    isWriting = false;
    await Promise.all(relays);
    await numberEvents(orm.em, 0);
    const log = outboxLog(orm.em);
    const events = await log.read(0, 10_000);
    expect(events.map(({ position }) => position)).toEqual(upTo(900));
    expect(numbersOf(events).toSorted((a, b) => a - b)).toEqual(numbersOf(written).toSorted((a, b) => a - b));
    expect(await log.top()).toBe(900);
    await orm.close(true);
    await database.close();
  },
);
