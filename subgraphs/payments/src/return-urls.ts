import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PaymentsEnvironment } from './environment.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const LONGEST = 2_000;

/** Where Stripe's pages may send somebody back to: a page of ours, so that a link of ours leads nowhere else. */
export class ReturnUrls {
  private readonly origins: ReadonlySet<string>;

  constructor(private readonly environment: Pick<PaymentsEnvironment, 'PUBLIC_URL' | 'ALLOWED_ORIGINS' | 'NODE_ENV'>) {
    const { PUBLIC_URL: own, ALLOWED_ORIGINS: allowed } = environment;
    this.origins = new Set([...(own ? [new URL(own).origin] : []), ...allowed]);
  }

  /** @throws Refusal INVALID_RETURN_URL for what is of no page of ours */
  accept(urls: Readonly<Record<string, string>>): void {
    const wrong = Object.keys(urls).filter((field) => !this.isOurs(urls[field] ?? ''));
    if (wrong.length === 0) return;
    throw new Refusal(wrong.map((field) => ({ code: 'INVALID_RETURN_URL', field: ['input', field] })));
  }

  private isOurs(text: string): boolean {
    const url = URL.parse(text);
    if (!url || text.length > LONGEST || url.username || url.password) return false;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
    if (this.origins.has(url.origin)) return true;
    return this.environment.NODE_ENV !== 'production' && LOCAL.has(url.hostname);
  }
}
