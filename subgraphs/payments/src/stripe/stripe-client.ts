import { assertOutsideTransaction } from '@tutorgraph/kit/database/transaction';
import Stripe from 'stripe';

/** How to reach Stripe. */
export interface StripeSettings {
  secretKey: string;
  /** Another address than Stripe's own, such as the emulator's. */
  apiUrl?: string | undefined;
}

const TIMEOUT_MS = 20_000;

/** The official client. It throws inside a database transaction: locks must not wait for another company. */
export function createStripe({ secretKey, apiUrl }: StripeSettings): Stripe {
  const url = apiUrl ? new URL(apiUrl) : undefined;
  const http = Stripe.createNodeHttpClient();
  const makeRequest = http.makeRequest.bind(http);
  http.makeRequest = (...request) => {
    assertOutsideTransaction('Stripe');
    return makeRequest(...request);
  };
  return new Stripe(secretKey, {
    httpClient: http,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 1,
    telemetry: false,
    ...(url && {
      host: url.hostname,
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      protocol: url.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}

/** Is this what Stripe says for good, so that asking again in the same words would change nothing? */
export function isFinal(error: unknown): error is Stripe.errors.StripeError {
  if (!(error instanceof Stripe.errors.StripeError) || isKeyReused(error)) return false;
  const { statusCode = 500, code } = error;
  if (code === 'lock_timeout' || code === 'idempotency_key_in_use') return false;
  // 401 and 403 are about our key: the operation is not at fault.
  return statusCode >= 400 && statusCode < 500 && ![401, 403, 408, 409, 425, 429].includes(statusCode);
}

/** Has Stripe seen another request under the same idempotency key? That says nothing of what became of that one. */
export function isKeyReused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError;
}

/**
 * What Stripe calls an error, or what kind of error it is. Errors of Stripe hold data of cardholders: only this is logged
 * or kept of them.
 */
export function codeOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError) return error.code ?? error.type;
  return error instanceof Error ? error.name : 'unknown';
}
