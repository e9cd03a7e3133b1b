// The rooms bring type-graphql's decorators along, which need it before they run.
import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { loadDemo } from '@tutorgraph/kit/room/demo';
import type { TestDatabase } from '@tutorgraph/kit/testing/database';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { loadRooms } from '@tutorgraph/kit/tools/load-rooms';

const PROJECT = new URL('../../../', import.meta.url);
/** A hundred times what the first start loads. */
const AMOUNTS = { seed: 7, tutors: 6_400, orders: 3_000 };
const ROOMS = ['accounts', 'marketplace'];
/** What the data follows from: while it stays the same, later runs begin with a copy. */
const MADE_BY = ['kit/src/demo', 'subgraphs/marketplace/src/demo', 'subgraphs/marketplace/migrations'];

/** A database of the bench's own with people and market of the demo data × 100, on the server that DATABASE_URL names. */
export function demoDatabase(): Promise<TestDatabase> {
  return benchDatabase({ migrate: load, cacheKey: [import.meta.filename, ...MADE_BY.map(pathOf)] });
}

async function load(url: string): Promise<void> {
  process.stderr.write('… loading demo data × 100, once\n');
  const rooms = (await loadRooms(pathOf('.'))).filter(({ name }) => ROOMS.includes(name));
  for (const { name, database } of rooms) {
    const orm = await createOrm(database, { url, poolSize: 1 });
    await migrate(orm, name);
    await orm.close();
  }
  await loadDemo(rooms, url, { ...AMOUNTS, clear: false, now: new Date() });
  // As it stands a while after such a load; else autovacuum would come between the rounds.
  await runSql(url, 'vacuum analyze');
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, PROJECT));
}
