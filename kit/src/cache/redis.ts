import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from '../telemetry/logger.js';

/** A connection to Redis for what can be done without: it never makes a request wait. */
export interface RedisConnection {
  readonly client: Redis;
  close(): Promise<void>;
}

/**
 * Connects to Redis for caches and limits. A command fails at once while there is no connection, and after half a
 * second when there is no answer; the connection is tried again for as long as the process lives. Waits a second at
 * most for the first connection. An outage is logged once, and so is its end.
 */
export async function connectRedis(url: string, logger: Logger): Promise<RedisConnection> {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 3_000),
  });
  let isDown = false;
  client.on('error', (err) => {
    if (!isDown) logger.warn({ err }, 'Redis does not answer; going on without it');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) logger.info('Redis answers again');
    isDown = false;
  });
  await Promise.race([once(client, 'ready').catch(() => {}), delay(1_000, undefined, { ref: false })]);
  return {
    client,
    async close() {
      await client.quit().catch(() => client.disconnect());
    },
  };
}
