// type-graphql's decorators, which a room's resolvers bring along, need it before they run.
import 'reflect-metadata';
import { openDatabase } from '../database/open-database.js';
import { createOrm, migrate } from '../database/orm.js';
import { processSettings, readEnvironment } from '../environment/environment.js';
import { fatal } from '../lifecycle/lifecycle.js';
import { toolSettings } from './environment.js';
import { loadRooms } from './load-rooms.js';

/**
 * Brings every room's schema up to its newest migration: on DATABASE_URL, else in the embedded database, whether the
 * server runs or not. Run from the project's folder after a build.
 */
async function migrateAll(folder: string): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = readEnvironment(toolSettings, processSettings());
  const rooms = await loadRooms(folder);
  const database = await openDatabase({
    dataDir: DATA_DIR,
    joinRunning: true,
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
  });
  try {
    for (const room of rooms) {
      const orm = await createOrm(room.database, { url: database.url, poolSize: 1 });
      try {
        await migrate(orm, room.name);
        const newest = (await orm.migrator.getExecuted()).at(-1);
        process.stdout.write(`${room.name}: ${newest?.name ?? 'has no migrations'}\n`);
      } finally {
        await orm.close();
      }
    }
  } finally {
    await database.close();
  }
}

await migrateAll(process.cwd()).catch(fatal);
