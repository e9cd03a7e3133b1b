import { StripeError } from '../protocol/stripe-error.js';
import { PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';

/** The transaction itself, when it is the platform's. @throws StripeError when a connected account is acted for */
export function platformOnly(tx: Transaction): Transaction {
  if (tx.account === PLATFORM) return tx;
  const message = 'Only the platform may do this; leave out the Stripe-Account header.';
  throw new StripeError(403, 'invalid_request_error', message, { code: 'platform_account_required' });
}
