import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { connectRedis } from '../cache/redis.js';
import { assertOutsideTransaction } from '../database/transaction.js';
import { type Logger, silentLogger } from '../telemetry/logger.js';
import { openPostgresStore } from './postgres-store.js';

/** So much of something in so much time. */
export interface RateRule {
  /** Unique in its room, such as `sign-in-by-address`. */
  name: string;
  /** How often it may happen. */
  points: number;
  /** Within so many seconds from the first time. */
  seconds: number;
}

/** Counts what may happen only so often, over all processes of a room. */
export interface RateLimiter {
  /**
   * Counts one occurrence. The key (an address, an account) is stored as its SHA-256 only.
   *
   * @throws RATE_LIMITED with `extensions.retryAfter` in whole seconds; Error inside a transaction
   */
  consume(key: string, rule: RateRule): Promise<void>;
  /** Forgets what was counted, such as failures before a success. */
  reset(key: string, rule: RateRule): Promise<void>;
  close(): Promise<void>;
}

/** Where a room's limits are counted. */
export interface RateLimiterOptions {
  room: string;
  /** Used when there is one. */
  redisUrl?: string | undefined;
  /** Used otherwise; the table is `rate_limits` in the schema `<room>_limits`, made here. */
  databaseUrl: string;
  logger?: Logger;
}

/** Makes limiters that count in one store. */
export interface RateLimitStore {
  create(rule: RateRule, insurance: RateLimiterAbstract): RateLimiterAbstract;
  close(): Promise<void>;
}

/** Opens a room's rate limiter; see {@link createRateLimiter}. */
export type OpenRateLimiter = (options: RateLimiterOptions) => Promise<RateLimiter>;

/** Opens a room's rate limiter. While its store fails, each process counts in its own memory. */
export async function createRateLimiter(options: RateLimiterOptions): Promise<RateLimiter> {
  const logger = options.logger ?? silentLogger;
  const store = options.redisUrl
    ? await openRedisStore(options.redisUrl, options.room, logger)
    : await openPostgresStore(options.databaseUrl, options.room, logger);
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = (rule: RateRule): RateLimiterAbstract => {
    const known = limiters.get(rule.name);
    if (known?.points === rule.points && known.duration === rule.seconds) return known;
    if (known) throw new Error(`Two rate rules are named "${rule.name}"`);
    const insurance = new RateLimiterMemory({ keyPrefix: rule.name, points: rule.points, duration: rule.seconds });
    const limiter = store.create(rule, insurance);
    limiters.set(rule.name, limiter);
    return limiter;
  };
  return {
    async consume(key, rule) {
      assertOutsideTransaction('The rate limiter');
      try {
        await limiterOf(rule).consume(digest(key));
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? rateLimited(refusal) : refusal;
      }
    },
    async reset(key, rule) {
      assertOutsideTransaction('The rate limiter');
      await limiterOf(rule).delete(digest(key));
    },
    close: () => store.close(),
  };
}

async function openRedisStore(url: string, room: string, logger: Logger): Promise<RateLimitStore> {
  const { client, close } = await connectRedis(url, logger);
  return {
    create: (rule, insuranceLimiter) =>
      new RateLimiterRedis({
        storeClient: client,
        rejectIfRedisNotReady: true,
        keyPrefix: `${room}:limits:${rule.name}`,
        points: rule.points,
        duration: rule.seconds,
        inMemoryBlockOnConsumed: rule.points + 1,
        insuranceLimiter,
      }),
    close,
  };
}

function rateLimited(refusal: RateLimiterRes): GraphQLError {
  const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
  return new GraphQLError(`Too many attempts; try again in ${retryAfter} s`, {
    extensions: { code: 'RATE_LIMITED', retryAfter },
  });
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
