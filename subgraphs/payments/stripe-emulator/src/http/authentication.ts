import type { FastifyRequest } from 'fastify';
import { StripeError } from '../protocol/stripe-error.js';
import { PLATFORM } from '../store/ids.js';
import type { Store } from '../store/store.js';

/** Who asks, and for whose account. */
export interface Caller {
  account: string;
  /** With a publishable key. */
  isPublic: boolean;
}

/** Reads the key and the account of a request. @throws StripeError 401 or 403 */
export function authenticate(request: FastifyRequest, secretKey: string, store: Store): Caller {
  const key = keyOf(request);
  if (key === undefined) {
    throw new StripeError(
      401,
      'invalid_request_error',
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  const isPublic = key === publishableKey(secretKey);
  if (key !== secretKey && !isPublic) {
    throw new StripeError(401, 'invalid_request_error', `Invalid API Key provided: ${masked(key)}`);
  }
  const account = request.headers['stripe-account'];
  if (account === undefined || account === PLATFORM) return { account: PLATFORM, isPublic };
  if (typeof account !== 'string' || !store.find('account', PLATFORM, account)) {
    throw new StripeError(
      403,
      'invalid_request_error',
      `The provided key '${masked(key)}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
      { code: 'account_invalid' },
    );
  }
  return { account, isPublic };
}

/** The key that browsers and apps use: `pk_test_…` for `sk_test_…`. */
export function publishableKey(secretKey: string): string {
  return secretKey.replace(/^sk_/, 'pk_');
}

function keyOf({ headers, query }: FastifyRequest): string | undefined {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString().split(':')[0];
  const key = typeof query === 'object' && query !== null ? Reflect.get(query, 'key') : undefined;
  return typeof key === 'string' ? key : undefined;
}

function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(4, key.length - 12))}${key.length > 12 ? key.slice(-4) : ''}`;
}
