import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Logger } from '../telemetry/logger.js';
import type { RateLimitStore } from './rate-limiter.js';

const CLEAN_EVERY_MS = 300_000;

/**
 * Counts in PostgreSQL, in an unlogged table (a crash forgets the counts and nothing else) in a schema of its own, so
 * that a room's migrations, which are written from the difference to its entities, leave it alone.
 */
export async function openPostgresStore(url: string, room: string, logger: Logger): Promise<RateLimitStore> {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  pool.on('error', (err) => logger.warn({ err }, 'A connection of the rate limiter was lost'));
  const schemaName = `${room}_limits`;
  const tableName = 'rate_limits';
  try {
    // One text is one transaction; the lock keeps processes that start together from making the same thing at once.
    await pool.query(
      `select pg_advisory_xact_lock(hashtext('${schemaName}'));
       create schema if not exists ${schemaName};
       create unlogged table if not exists ${schemaName}.${tableName}
       (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
    );
  } catch (error) {
    await pool.end();
    throw error;
  }
  const cleaning = setInterval(() => {
    pool
      .query(`delete from ${schemaName}.${tableName} where expire < $1`, [Date.now()])
      .catch((err: unknown) => logger.warn({ err }, 'Could not delete rate limits that are over'));
  }, CLEAN_EVERY_MS).unref();
  return {
    create: (rule, insuranceLimiter) =>
      new RateLimiterPostgres({
        storeClient: unnamed(pool, logger),
        storeType: 'client',
        schemaName,
        tableName,
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: rule.name,
        points: rule.points,
        duration: rule.seconds,
        inMemoryBlockOnConsumed: rule.points + 1,
        insuranceLimiter,
      }),
    async close() {
      clearInterval(cleaning);
      await pool.end();
    },
  };
}

/** A client that does not name its statements: on the embedded database equal names of two clients clash. */
function unnamed(pool: pg.Pool, logger: Logger) {
  return {
    async query({ text, values }: { text: string; values?: unknown[] }) {
      try {
        return await pool.query(text, values);
      } catch (err) {
        logger.warn({ err }, 'Rate limits cannot be counted in the database; counting in memory');
        throw err;
      }
    },
  };
}
