import { createRateLimiter, type RateLimiterOptions, type RateRule } from '../rate-limits/rate-limiter.js';

const TIMES = 1_000;

/** Limits a thousand times as wide, for tests whose few people do in a second what others do in weeks. */
export async function openGenerousRateLimiter(options: RateLimiterOptions) {
  const limiter = await createRateLimiter(options);
  const widened = (rule: RateRule): RateRule => ({ ...rule, points: rule.points * TIMES });
  return {
    consume: (key: string, rule: RateRule) => limiter.consume(key, widened(rule)),
    reset: (key: string, rule: RateRule) => limiter.reset(key, widened(rule)),
    close: () => limiter.close(),
  };
}
