import type { RateLimiter, RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often something may be asked for one address or number, whoever asks and from wherever. One code is guessed with
 * five tries once in 2,000 times: at ten codes a day that takes half a year.
 */
const rules = {
  email: [
    { name: 'email-codes-hour', points: 5, seconds: HOUR },
    { name: 'email-codes-day', points: 10, seconds: DAY },
  ],
  reset: [
    { name: 'reset-codes-hour', points: 5, seconds: HOUR },
    { name: 'reset-codes-day', points: 10, seconds: DAY },
  ],
  phone: [
    { name: 'phone-codes-hour', points: 3, seconds: HOUR },
    { name: 'phone-codes-day', points: 6, seconds: DAY },
  ],
  resetAttempt: [{ name: 'reset-attempts', points: 30, seconds: 15 * MINUTE }],
} as const satisfies Record<string, readonly RateRule[]>;

/** Limits by address or number, the same for those that are known and those that are not. */
export class CodeLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** Before something is mailed to an address that is to be proven. @throws RATE_LIMITED */
  beforeEmail(address: string): Promise<void> {
    return this.consume(address, rules.email);
  }

  /** Before a code is mailed with which a password can be set anew. @throws RATE_LIMITED */
  beforeReset(address: string): Promise<void> {
    return this.consume(address, rules.reset);
  }

  /** Before a code is sent to a phone. @throws RATE_LIMITED */
  beforePhone(phone: string): Promise<void> {
    return this.consume(phone, rules.phone);
  }

  /** Before a code for a new password is tried. @throws RATE_LIMITED */
  beforeResetAttempt(address: string): Promise<void> {
    return this.consume(address, rules.resetAttempt);
  }

  private async consume(key: string, limits: readonly RateRule[]): Promise<void> {
    for (const rule of limits) await this.limiter.consume(key, rule);
  }
}
