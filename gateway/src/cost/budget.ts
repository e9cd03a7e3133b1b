import { LRUCache } from 'lru-cache';

/** How much each of many may spend. */
export interface Budget {
  /** Spends. @returns 0, or when that was too much how many seconds to wait */
  take(key: string, cost: number): number | Promise<number>;
}

/** So many units are there at most, and come back in a minute. */
export interface BudgetRule {
  perMinute: number;
}

interface Bucket {
  units: number;
  /** When they were counted, in milliseconds of the process's clock. */
  at: number;
}

const MINUTE_MS = 60_000;
/** Most that are remembered; who is forgotten begins with a full bucket. */
const MOST_KEYS = 100_000;

/**
 * Token buckets in this process's memory: what was not spent stays until the bucket is full. Ours, because
 * rate-limiter-flexible counts in fixed windows and keeps a timer for each key.
 */
export class MemoryBudget implements Budget {
  private readonly buckets = new LRUCache<string, Bucket>({ max: MOST_KEYS });

  constructor(
    private readonly rule: BudgetRule,
    private readonly now: () => number = () => performance.now(),
  ) {}

  take(key: string, cost: number): number {
    const { perMinute } = this.rule;
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { units: perMinute, at: now };
    bucket.units = Math.min(perMinute, bucket.units + ((now - bucket.at) * perMinute) / MINUTE_MS);
    bucket.at = now;
    this.buckets.set(key, bucket);
    // What costs more than a bucket holds is let through by a full one, and paid off afterwards.
    const needed = Math.min(cost, perMinute);
    if (bucket.units < needed) return ((needed - bucket.units) / perMinute) * (MINUTE_MS / 1_000);
    bucket.units -= cost;
    return 0;
  }
}
