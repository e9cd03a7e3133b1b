import type Stripe from 'stripe';
import { schedule, unscheduleAll } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { getCustomer } from '../payments/customer.js';
import { type Confirmed, cancelIntent, confirmIntent, createIntent } from '../payments/payment-intents.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { testClockOf } from './billing-time.js';
import { buildInvoice, buildLine } from './invoice.builder.js';
import { failInvoice, paymentsOf, settleInvoice } from './invoice-settlement.js';
import { productOf } from './prices.js';
import { changeSubscription, endSubscription, hasEnded, subscriptionIdOf } from './subscription-standing.js';

const DAY = 86_400;
/** A renewal's invoice stays a draft for an hour. */
const DRAFT = 3_600;
/** Days from one failed attempt to the next; after the last the subscription ends. */
const RETRY_DAYS = [3, 5, 7];

/** Something bought once, together with a subscription. */
export interface OneTimeItem {
  price: Stripe.Price;
  quantity: number;
}

/** Drafts the invoice of a subscription's current period. */
export function draftInvoice(
  tx: Transaction,
  subscription: Stripe.Subscription,
  reason: 'subscription_create' | 'subscription_cycle',
  once: readonly OneTimeItem[] = [],
): Stripe.Invoice {
  const id = newId('in');
  const isFirst = reason === 'subscription_create';
  const [first] = subscription.items.data;
  const [start, end] = [first?.current_period_start ?? tx.now, first?.current_period_end ?? tx.now];
  const recurring = subscription.items.data.map((item) => ({ ...item, item: item.id, quantity: item.quantity ?? 1 }));
  const lines = [...recurring, ...once.map((item) => ({ ...item, item: null }))].map(({ price, quantity, item }) =>
    buildLine({
      id: newId('il'),
      invoice: id,
      price,
      quantity,
      description: `${quantity} × ${productOf(tx, price)?.name ?? price.id}`,
      subscription: subscription.id,
      item,
      start,
      end: item === null ? start : end,
    }),
  );
  const invoice = tx.put(
    'invoice',
    buildInvoice({
      id,
      customer: getCustomer(tx, String(subscription.customer)),
      subscription,
      lines,
      reason,
      created: tx.now,
      periodStart: start,
      periodEnd: end,
      finalizesAt: isFirst ? null : tx.now + DRAFT,
    }),
  );
  emit(tx, 'invoice.created', invoice);
  if (!isFirst) plan(tx, invoice, 'invoice.finalize', tx.now + DRAFT);
  return invoice;
}

/** Makes a draft final: it has a number, and an intent to be paid by. What costs nothing is paid at once. */
export function finalizeInvoice(tx: Transaction, draft: Stripe.Invoice): Stripe.Invoice {
  unscheduleAll(tx, 'invoice.finalize', draft.id);
  const customer = getCustomer(tx, String(draft.customer));
  const sequence = customer.next_invoice_sequence ?? 1;
  tx.put('customer', { ...customer, next_invoice_sequence: sequence + 1 });
  const invoice = tx.put('invoice', {
    ...draft,
    automatically_finalizes_at: null,
    effective_at: tx.now,
    ending_balance: 0,
    next_payment_attempt: null,
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: tx.now },
  });
  emit(tx, 'invoice.finalized', invoice);
  if (invoice.amount_due === 0) return settleInvoice(tx, invoice.id, null);
  addIntent(tx, invoice, customer);
  return invoice;
}

/** How an invoice is collected. */
export interface Collection {
  /** @default the subscription's or the customer's */
  method?: string | undefined;
  isOffSession: boolean;
  /** By the schedule: when it fails, the next attempt follows, or the end. */
  isAutomatic: boolean;
  returnUrl?: string | undefined;
}

/** Tries to collect an open invoice. @returns undefined when there is nothing to pay it with */
export function collectInvoice(tx: Transaction, id: string, how: Collection): Confirmed | undefined {
  const invoice = tx.get('invoice', id);
  if (invoice.status !== 'open') throw refusal(`Invoice ${id} is ${invoice.status}; only open invoices can be paid.`);
  const nextAt = how.isAutomatic ? planNext(tx, invoice) : undefined;
  const intentId = intentOf(tx, id);
  const method = how.method ?? methodFor(tx, invoice);
  const result = method === undefined ? undefined : payWith(tx, intentId, method, how);
  if (method === undefined) failInvoice(tx, id, undefined);
  const after = tx.get('invoice', id);
  if (how.isAutomatic && nextAt === undefined && after.status === 'open') giveUp(tx, after);
  return result;
}

/** The intent that an invoice is paid by. */
export function intentOf(tx: Transaction, invoice: string): string {
  const intent = paymentsOf(tx, invoice)[0]?.payment.payment_intent;
  if (typeof intent !== 'string') throw refusal(`Invoice ${invoice} has no payment intent.`);
  return intent;
}

/** Gives an open invoice up: nobody can pay it any longer. */
export function voidInvoice(tx: Transaction, before: Stripe.Invoice): Stripe.Invoice {
  unscheduleAll(tx, 'invoice.collect', before.id);
  for (const payment of paymentsOf(tx, before.id)) {
    const transitions = { canceled_at: tx.now, paid_at: null };
    tx.put('invoice_payment', { ...payment, status: 'canceled', status_transitions: transitions });
  }
  const after: Stripe.Invoice = tx.put('invoice', {
    ...before,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...before.status_transitions, voided_at: tx.now },
  });
  const intent = tx.find('payment_intent', intentOf(tx, before.id));
  if (intent && intent.status !== 'canceled') cancelIntent(tx, intent.id, 'void_invoice');
  emit(tx, 'invoice.voided', after);
  return after;
}

function addIntent(tx: Transaction, invoice: Stripe.Invoice, customer: Stripe.Customer): void {
  const intent = createIntent(tx, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: customer.id,
    description: invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
    receipt_email: customer.email,
    setup_future_usage: 'off_session',
  });
  tx.put('intent_purpose', { id: intent.id, session: null, invoice: invoice.id });
  tx.put('invoice_payment', {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: tx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

function payWith(
  tx: Transaction,
  intentId: string,
  method: string,
  { isOffSession, returnUrl }: Collection,
): Confirmed {
  tx.update('payment_intent', intentId, { next_action: null, payment_method: method, status: 'requires_confirmation' });
  return confirmIntent(tx, intentId, { isOffSession, returnUrl });
}

function methodFor(tx: Transaction, invoice: Stripe.Invoice): string | undefined {
  const subscription = tx.find('subscription', subscriptionIdOf(invoice) ?? '');
  const customer = tx.find('customer', String(invoice.customer));
  const ofCustomer = customer && !customer.deleted ? customer.invoice_settings.default_payment_method : null;
  const named = subscription?.default_payment_method ?? ofCustomer;
  const method = typeof named === 'string' ? tx.find('payment_method', named) : undefined;
  return method?.customer === invoice.customer ? method?.id : undefined;
}

/** Counts an automatic attempt and plans the one after it, if there is to be any. */
function planNext(tx: Transaction, invoice: Stripe.Invoice): number | undefined {
  const days = RETRY_DAYS[invoice.attempt_count];
  const at = days === undefined ? undefined : tx.now + days * DAY;
  unscheduleAll(tx, 'invoice.collect', invoice.id);
  if (at !== undefined) plan(tx, invoice, 'invoice.collect', at);
  tx.put('invoice', { ...invoice, attempt_count: invoice.attempt_count + 1, next_payment_attempt: at ?? null });
  return at;
}

function giveUp(tx: Transaction, invoice: Stripe.Invoice): void {
  tx.put('invoice', { ...invoice, auto_advance: false });
  const subscription = tx.find('subscription', subscriptionIdOf(invoice) ?? '');
  if (subscription && !hasEnded(subscription)) endSubscription(tx, subscription, 'payment_failed');
}

function plan(tx: Transaction, { id, customer }: Stripe.Invoice, task: string, at: number): void {
  schedule(tx, { at, task, subject: id, testClock: testClockOf(tx, String(customer)) });
}

function refusal(message: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message);
}

/** Ends a subscription whose first invoice was not paid in time. */
export function expireIncomplete(tx: Transaction, subscription: Stripe.Subscription): Stripe.Subscription {
  unscheduleAll(tx, 'subscription.give_up', subscription.id);
  const invoice =
    typeof subscription.latest_invoice === 'string' ? tx.find('invoice', subscription.latest_invoice) : undefined;
  if (invoice?.status === 'open') voidInvoice(tx, invoice);
  return changeSubscription(tx, subscription, { ended_at: tx.now, status: 'incomplete_expired' });
}
