import type { RateLimiter } from '@tutorgraph/kit/rate-limits/rate-limiter';

/** Tries of one address, from wherever; networks are limited at the fields themselves. */
const signInByEmail = { name: 'sign-in-email', points: 10, seconds: 15 * 60 };

/** Slows down whoever guesses; applies to known and unknown addresses alike. */
export class SessionLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws RATE_LIMITED */
  async beforeSignIn(email: string): Promise<void> {
    await this.limiter.consume(email, signInByEmail);
  }

  /** Whoever knows the password starts counting anew. */
  async afterSignIn(email: string): Promise<void> {
    await this.limiter.reset(email, signInByEmail);
  }
}
