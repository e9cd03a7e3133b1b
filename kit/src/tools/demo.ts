// type-graphql's decorators, which a room's resolvers bring along, need it before they run.
import 'reflect-metadata';
import { z } from 'zod';
import { openDatabase } from '../database/open-database.js';
import { createOrm, migrate } from '../database/orm.js';
import { commonSettings, processSettings, readEnvironment } from '../environment/environment.js';
import { loadDemo } from '../room/demo.js';
import type { RoomDefinition } from '../room/room.js';
import { readDemoArguments } from './demo-arguments.js';
import { loadRooms } from './load-rooms.js';
import { ProgressBar } from './progress-bar.js';

/**
 * Fills every room that has demo data. It works while the server runs, through its embedded database or DATABASE_URL,
 * and without it. Run from the project's folder after a build.
 *
 * @returns what to tell whoever ran it
 * @throws Error with one line that says what to do
 */
async function fillWithDemo(folder: string, args: readonly string[]): Promise<string> {
  const { clear, ...amounts } = readDemoArguments(args);
  const environment = readEnvironment(
    { ...commonSettings, DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional() },
    processSettings(),
  );
  if (environment.NODE_ENV === 'production') {
    throw new Error(
      'Demo data is not for production: everybody knows its passwords. Unset NODE_ENV to load it anyway.',
    );
  }
  const rooms = await loadRooms(folder);
  const database = await openDatabase({
    dataDir: environment.DATA_DIR,
    joinRunning: true,
    ...(environment.DATABASE_URL && { databaseUrl: environment.DATABASE_URL }),
  });
  try {
    for (const room of rooms) await migrateRoom(room, database.url);
    const bar = new ProgressBar(process.stdout);
    const onProgress = (room: string, share: number): void => bar.show(room, share);
    const loaded = await loadDemo(rooms, database.url, { ...amounts, clear, now: new Date(), onProgress });
    return loaded
      ? `Demo data is in place: seed ${amounts.seed}, ${amounts.tutors} tutors, ${amounts.orders} recent orders.`
      : 'There is data already, so nothing was changed. Add --clear to replace the demo data in it.';
  } finally {
    await database.close();
  }
}

async function migrateRoom({ database, name }: RoomDefinition, url: string): Promise<void> {
  const orm = await createOrm(database, { url, poolSize: 1 });
  try {
    await migrate(orm, name);
  } finally {
    await orm.close();
  }
}

try {
  process.stdout.write(`${await fillWithDemo(process.cwd(), process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
