import type Stripe from 'stripe';
import { emit } from '../events/emit.js';
import type { Transaction } from '../store/transaction.js';
import { customerDetails } from './session.builder.js';

type Session = Stripe.Checkout.Session;

/** Whether a session can still be completed now. */
export function isOpen(tx: Transaction, { status, expires_at }: Session): boolean {
  return status === 'open' && expires_at > tx.now;
}

/**
 * Completes a session whose payment, or whose card, has come through.
 *
 * @param methodId the card
 * @param isPaid false: the money is only reserved
 */
export function completeSession(tx: Transaction, id: string, methodId: string, isPaid: boolean): void {
  const session = tx.get('checkout.session', id);
  if (session.status !== 'open') return;
  const { email, name } = tx.get('payment_method', methodId).billing_details;
  const completed: Session = tx.put('checkout.session', {
    ...session,
    customer_details: customerDetails(session.customer_email ?? ownerEmail(tx, session) ?? email, name),
    payment_status: session.mode === 'setup' ? 'no_payment_required' : isPaid ? 'paid' : 'unpaid',
    status: 'complete',
    url: null,
  });
  emit(tx, 'checkout.session.completed', completed);
}

/** The address of the session's customer. */
export function ownerEmail(tx: Transaction, { customer }: Session): string | null {
  const owner = typeof customer === 'string' ? tx.find('customer', customer) : undefined;
  return owner && !owner.deleted ? owner.email : null;
}
