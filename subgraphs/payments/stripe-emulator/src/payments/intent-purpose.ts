import type Stripe from 'stripe';
import { failInvoice, settleInvoice } from '../billing/invoice-settlement.js';
import { completeSession } from '../checkout/completion.js';
import { StripeError } from '../protocol/stripe-error.js';
import type { Transaction } from '../store/transaction.js';

/** What an intent was made for, when not by a client; its id is the intent's. */
export interface IntentPurpose {
  id: string;
  /** The checkout session on whose page it is paid. */
  session: string | null;
  /** The invoice that it pays. */
  invoice: string | null;
}

/** @throws StripeError when an intent is not its client's to cancel: a session's ends with the session, an invoice's with the invoice */
export function assertOwnIntent(tx: Transaction, id: string): void {
  const purpose = tx.find('intent_purpose', id);
  if (!purpose) return;
  const [owner, way] = purpose.invoice === null ? ['a Checkout Session', 'expire it'] : ['an invoice', 'void it'];
  const message = `You cannot cancel this intent because it was created by ${owner}; ${way} instead.`;
  throw new StripeError(400, 'invalid_request_error', message, { code: 'intent_invalid_state', param: 'intent' });
}

/** Tells whoever an intent was made for that it has come through, within the same commit. */
export function intentCameThrough(tx: Transaction, intent: Stripe.PaymentIntent | Stripe.SetupIntent): void {
  const purpose = tx.find('intent_purpose', intent.id);
  if (!purpose || typeof intent.payment_method !== 'string') return;
  if (purpose.invoice !== null) settleInvoice(tx, purpose.invoice, intent.payment_method);
  if (purpose.session !== null) {
    completeSession(tx, purpose.session, intent.payment_method, intent.status === 'succeeded');
  }
}

/** Tells whoever an intent was made for that an attempt to pay it has failed. */
export function intentFailed(tx: Transaction, { id, last_payment_error: error }: Stripe.PaymentIntent): void {
  const invoice = tx.find('intent_purpose', id)?.invoice;
  if (typeof invoice === 'string') failInvoice(tx, invoice, error?.code);
}
