import type Stripe from 'stripe';
import { schedule, unscheduleAll } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import type { Transaction } from '../store/transaction.js';
import { inTimeOf } from './billing-time.js';
import { changeSubscription, hasEnded, subscriptionIdOf } from './subscription-standing.js';

/** What follows when an invoice's intent has come through: the invoice is paid, and its subscription goes on. */
export function settleInvoice(given: Transaction, id: string, method: string | null): Stripe.Invoice {
  const before = given.get('invoice', id);
  const tx = inTimeOf(given, String(before.customer));
  unscheduleAll(tx, 'invoice.collect', id);
  const paid = tx.put('invoice', {
    ...before,
    amount_paid: before.amount_due,
    amount_remaining: 0,
    attempt_count: Math.max(1, before.attempt_count),
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...before.status_transitions, paid_at: tx.now },
  });
  for (const payment of paymentsOf(tx, id)) {
    if (payment.status !== 'open') continue;
    const done = { canceled_at: null, paid_at: tx.now };
    const after = { ...payment, amount_paid: payment.amount_requested, status: 'paid', status_transitions: done };
    emit(tx, 'invoice_payment.paid', tx.put('invoice_payment', after));
  }
  emit(tx, 'invoice.paid', paid);
  emit(tx, 'invoice.payment_succeeded', paid);
  const subscription = tx.find('subscription', subscriptionIdOf(paid) ?? '');
  if (subscription && !hasEnded(subscription)) goOn(tx, subscription, id, method);
  return paid;
}

/** Tells that an attempt to pay an invoice has failed; when it is tried again is for who tried. */
export function failInvoice(given: Transaction, id: string, code: string | undefined): void {
  const before = given.get('invoice', id);
  if (before.status !== 'open') return;
  const tx = inTimeOf(given, String(before.customer));
  const count = Math.max(1, before.attempt_count);
  const failed = tx.put('invoice', { ...before, attempt_count: count, attempted: true });
  emit(tx, 'invoice.payment_failed', failed);
  if (code === 'authentication_required') emit(tx, 'invoice.payment_action_required', failed);
  const subscription = tx.find('subscription', subscriptionIdOf(failed) ?? '');
  if (subscription?.status === 'active' && failed.billing_reason === 'subscription_cycle') {
    changeSubscription(tx, subscription, { status: 'past_due' });
  }
}

/** What an invoice is paid by. */
export function paymentsOf(tx: Transaction, invoice: string): Stripe.InvoicePayment[] {
  return tx.all('invoice_payment', (payment) => payment.invoice === invoice);
}

function goOn(tx: Transaction, subscription: Stripe.Subscription, invoice: string, method: string | null): void {
  const saves = subscription.payment_settings?.save_default_payment_method === 'on_subscription' && method !== null;
  const { status } = subscription;
  const resumes = status === 'incomplete' || (status === 'past_due' && subscription.latest_invoice === invoice);
  const newMethod = saves && subscription.default_payment_method !== method;
  if (!resumes && !newMethod) return;
  if (status === 'incomplete') {
    unscheduleAll(tx, 'subscription.give_up', subscription.id);
    scheduleRenewal(tx, subscription);
  }
  changeSubscription(tx, subscription, {
    ...(resumes && { status: 'active' }),
    ...(newMethod && { default_payment_method: method }),
  });
}

/** Has a subscription renewed at the end of its period. */
export function scheduleRenewal(tx: Transaction, { id, items, test_clock }: Stripe.Subscription): void {
  const at = items.data[0]?.current_period_end ?? tx.now;
  schedule(tx, {
    at,
    task: 'subscription.renew',
    subject: id,
    testClock: typeof test_clock === 'string' ? test_clock : null,
  });
}
