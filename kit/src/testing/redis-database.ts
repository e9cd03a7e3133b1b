import { Redis } from 'ioredis';

/** A numbered database of a Redis server, for one test file alone. */
export interface TestRedis {
  readonly url: string;
  /** Loses everything, as a server does that kept it in memory only. */
  empty(): Promise<void>;
  /** Empties the database and gives it free. */
  close(): Promise<void>;
}

const DATABASES = Array.from({ length: 8 }, (_, index) => 15 - index);
const HELD_AT_MOST_SECONDS = 600;

/**
 * Takes one of the databases 8 to 15 of a Redis server, and empties it: tests that need a whole server's worth of
 * streams and limits do not meet those of others. What a run that died has held is free again after ten minutes.
 *
 * @throws Error when all are taken
 */
export async function testRedis(serverUrl: string): Promise<TestRedis> {
  const holders = withDatabase(serverUrl, 0);
  for (const database of DATABASES) {
    const holder = `tutorgraph:tests:database-${database}`;
    const answer = await ask(holders, (redis) => redis.set(holder, process.pid, 'EX', HELD_AT_MOST_SECONDS, 'NX'));
    if (answer !== 'OK') continue;
    const url = withDatabase(serverUrl, database);
    await ask(url, (redis) => redis.flushdb());
    const empty = async (): Promise<void> => {
      await ask(url, (redis) => redis.flushdb());
    };
    return {
      url,
      empty,
      async close() {
        await empty();
        await ask(holders, (redis) => redis.del(holder));
      },
    };
  }
  throw new Error('Every Redis database for tests is taken; stop the other runs or wait ten minutes');
}

async function ask<Answer>(url: string, question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
  const redis = new Redis(url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

function withDatabase(serverUrl: string, database: number): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
