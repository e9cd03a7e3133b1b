import type { RateLimiter } from '@tutorgraph/kit/rate-limits/rate-limiter';

const MINUTE = 60;

/** How often one address or network may try. `points` tries in `seconds`. */
export const limits = {
  signInByEmail: { name: 'sign-in-email', points: 10, seconds: 15 * MINUTE },
  signInByNetwork: { name: 'sign-in-network', points: 100, seconds: 15 * MINUTE },
  refreshByNetwork: { name: 'refresh-network', points: 600, seconds: 15 * MINUTE },
  telegramByNetwork: { name: 'telegram-network', points: 100, seconds: 15 * MINUTE },
  registerByNetwork: { name: 'register-network', points: 30, seconds: 60 * MINUTE },
} as const;

/** Slows down whoever guesses; applies to known and unknown addresses alike. */
export class SessionLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws RATE_LIMITED */
  async beforeSignIn(email: string, network: string | undefined): Promise<void> {
    await this.byNetwork(network, limits.signInByNetwork);
    await this.limiter.consume(email, limits.signInByEmail);
  }

  /** Whoever knows the password starts counting anew. */
  async afterSignIn(email: string): Promise<void> {
    await this.limiter.reset(email, limits.signInByEmail);
  }

  /** @throws RATE_LIMITED */
  beforeRefresh(network: string | undefined): Promise<void> {
    return this.byNetwork(network, limits.refreshByNetwork);
  }

  /** @throws RATE_LIMITED */
  beforeTelegram(network: string | undefined): Promise<void> {
    return this.byNetwork(network, limits.telegramByNetwork);
  }

  /** @throws RATE_LIMITED */
  beforeRegistration(network: string | undefined): Promise<void> {
    return this.byNetwork(network, limits.registerByNetwork);
  }

  private async byNetwork(network: string | undefined, rule: (typeof limits)[keyof typeof limits]): Promise<void> {
    await this.limiter.consume(network ?? 'unknown', rule);
  }
}
