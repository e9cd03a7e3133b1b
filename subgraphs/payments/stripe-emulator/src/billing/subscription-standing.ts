import type Stripe from 'stripe';
import { unscheduleAll } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import type { Transaction } from '../store/transaction.js';

/** Statuses in which a subscription has come to its end. */
const ENDED = ['canceled', 'incomplete_expired'];

/** Has it come to its end? */
export function hasEnded({ status }: Stripe.Subscription): boolean {
  return ENDED.includes(status);
}

/** Changes a subscription and tells of it. */
export function changeSubscription(
  tx: Transaction,
  before: Stripe.Subscription,
  change: Partial<Stripe.Subscription>,
): Stripe.Subscription {
  const after = tx.put('subscription', { ...before, ...change });
  emit(tx, 'customer.subscription.updated', after, before);
  return after;
}

/** Why a subscription ends. */
export type EndReason = 'cancellation_requested' | 'payment_failed';

/** Ends a subscription now; what is still owed by its invoices is asked for no longer. */
export function endSubscription(tx: Transaction, before: Stripe.Subscription, reason: EndReason): Stripe.Subscription {
  unscheduleAll(tx, 'subscription.renew', before.id);
  for (const invoice of invoicesOf(tx, before.id)) {
    if (invoice.status !== 'open' && invoice.status !== 'draft') continue;
    unscheduleAll(tx, 'invoice.collect', invoice.id);
    unscheduleAll(tx, 'invoice.finalize', invoice.id);
    tx.put('invoice', { ...invoice, auto_advance: false, next_payment_attempt: null });
  }
  const after: Stripe.Subscription = tx.put('subscription', {
    ...before,
    canceled_at: before.canceled_at ?? tx.now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...before.cancellation_details,
      reason,
    },
    ended_at: tx.now,
    status: 'canceled',
  });
  emit(tx, 'customer.subscription.deleted', after);
  return after;
}

/** A subscription's invoices, the newest first. */
export function invoicesOf(tx: Transaction, subscription: string): Stripe.Invoice[] {
  return tx.all('invoice', (invoice) => subscriptionIdOf(invoice) === subscription);
}

/** The subscription that an invoice is for. */
export function subscriptionIdOf({ parent }: Stripe.Invoice): string | undefined {
  const its = parent?.subscription_details?.subscription;
  return typeof its === 'string' ? its : its?.id;
}
