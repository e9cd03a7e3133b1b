import type { EventBus } from '../events/bus.js';
import { MemoryEventBus } from '../events/memory-bus.js';
import { RedisEventBus } from '../events/redis-bus.js';
import { testEnvironment } from '../testing/environment.js';
import { testRedis } from '../testing/redis-database.js';

/** The bus in the process, or one on a database of its own of the Redis that REDIS_URL names. */
export async function openBenchBus(): Promise<{ bus: EventBus; close(): Promise<void> }> {
  const { REDIS_URL } = testEnvironment();
  if (!REDIS_URL) {
    const bus = new MemoryEventBus();
    return { bus, close: () => bus.close() };
  }
  const redis = await testRedis(REDIS_URL);
  const bus = new RedisEventBus({ url: redis.url });
  return {
    bus,
    async close() {
      await bus.close();
      await redis.close();
    },
  };
}
