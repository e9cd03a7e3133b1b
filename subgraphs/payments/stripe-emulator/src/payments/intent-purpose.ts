import type Stripe from 'stripe';
import { failInvoice, settleInvoice } from '../billing/invoice-settlement.js';
import { completeSession } from '../checkout/completion.js';
import type { Transaction } from '../store/transaction.js';

/** What an intent was made for, when not by a client; its id is the intent's. */
export interface IntentPurpose {
  id: string;
  /** The checkout session on whose page it is paid. */
  session: string | null;
  /** The invoice that it pays. */
  invoice: string | null;
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
