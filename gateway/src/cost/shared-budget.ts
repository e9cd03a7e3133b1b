import { hash } from 'node:crypto';
import type { RedisConnection } from '@tutorgraph/kit/cache/redis';
import { LRUCache } from 'lru-cache';
import { type Budget, type BudgetRule, MemoryBudget } from './budget.js';

/** What budgets that several processes share are counted in. */
export interface SharedBudgetOptions extends BudgetRule {
  /** Tells these budgets from others. */
  name: string;
  redis: RedisConnection['client'];
  /** Told when Redis does not count; this process counts by itself then. */
  onFailure?: ((error: unknown) => void) | undefined;
}

/** Units that this process has taken out and not spent, or until when there are none. */
interface Purse {
  units: number;
  /** Whoever needs as much as was refused need not ask again before. */
  refused: { cost: number; until: number } | undefined;
}

/** A process takes out so much of a bucket at a time, so that Redis is not asked for every operation. */
const PURSE_SHARE = 0.05;
const PURSE_LASTS_MS = 60_000;
const MOST_PURSES = 50_000;
/** For so long Redis is not asked again after it did not answer. */
const DOWN_MS = 1_000;

/** A token bucket. It gives what is needed and, as far as it can, what is wanted; or says how many seconds to wait. */
const TAKE = `
local capacity, needed, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local perSecond = capacity / 60
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local state = redis.call('HMGET', KEYS[1], 'units', 'at')
local units = math.min(capacity, (tonumber(state[1]) or capacity) + (now - (tonumber(state[2]) or now)) * perSecond)
local least = math.min(needed, capacity)
local given, wait = 0, 0
if units >= least then given = math.max(needed, math.min(wanted, units)) else wait = (least - units) / perSecond end
redis.call('HSET', KEYS[1], 'units', units - given, 'at', now)
redis.call('EXPIRE', KEYS[1], math.ceil((capacity - units + given) / perSecond) + 1)
return { tostring(given), tostring(wait) }
`;

/** Token buckets that all gateways spend from. While Redis does not answer, each has its own. */
export class SharedBudget implements Budget {
  private readonly purses = new LRUCache<string, Purse>({ max: MOST_PURSES, ttl: PURSE_LASTS_MS });
  /** Keys for which Redis is being asked: what it gives may do for others as well. */
  private readonly asking = new Map<string, Promise<number>>();
  private readonly insurance: MemoryBudget;
  private isDownUntil = 0;

  constructor(private readonly options: SharedBudgetOptions) {
    this.insurance = new MemoryBudget(options);
  }

  take(key: string, cost: number): number | Promise<number> {
    const purse = this.purses.get(key);
    if (purse && purse.units >= cost) {
      purse.units -= cost;
      return 0;
    }
    const now = performance.now();
    if (purse?.refused && cost >= purse.refused.cost && purse.refused.until > now) {
      return (purse.refused.until - now) / 1_000;
    }
    if (now < this.isDownUntil) return this.insurance.take(key, cost);
    const before = this.asking.get(key);
    if (before) return before.then(() => this.take(key, cost));
    const asked = this.ask(key, cost).finally(() => this.asking.delete(key));
    this.asking.set(key, asked);
    return asked;
  }

  private async ask(key: string, cost: number): Promise<number> {
    const { name, redis, perMinute, onFailure } = this.options;
    // Addresses and people are nobody's business in Redis.
    const bucket = `gateway:budget:${name}:${hash('sha256', key, 'base64url')}`;
    let answer: unknown;
    try {
      answer = await redis.eval(TAKE, 1, bucket, perMinute, cost, cost + perMinute * PURSE_SHARE);
    } catch (error) {
      onFailure?.(error);
      this.isDownUntil = performance.now() + DOWN_MS;
      return this.insurance.take(key, cost);
    }
    const [given = 0, wait = 0] = Array.isArray(answer) ? answer.map(Number) : [];
    const purse = this.purses.get(key) ?? { units: 0, refused: undefined };
    if (wait > 0) purse.refused = { cost, until: performance.now() + wait * 1_000 };
    else purse.units += given - cost;
    this.purses.set(key, purse);
    return wait;
  }
}
