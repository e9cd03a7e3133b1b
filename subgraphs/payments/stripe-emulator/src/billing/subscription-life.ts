import type Stripe from 'stripe';
import { schedule } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { testClockOf } from './billing-time.js';
import { draftInvoice, finalizeInvoice, type OneTimeItem } from './invoice-life.js';
import { scheduleRenewal } from './invoice-settlement.js';
import { type BillingInterval, nextBoundary } from './periods.rules.js';
import { buildItem, buildSubscription } from './subscription.builder.js';
import { changeSubscription, endSubscription } from './subscription-standing.js';

/** The first invoice can be paid for so many seconds. */
const FIRST_PAYMENT = 23 * 3_600;

/** A price that a subscription is for. */
export interface ItemGiven {
  price: Stripe.Price;
  quantity: number;
  metadata?: Record<string, string>;
}

/** What a subscription is made with. */
export interface SubscriptionGiven {
  customer: string;
  items: readonly ItemGiven[];
  /** What is bought once, on the first invoice. */
  once?: readonly OneTimeItem[];
  defaultPaymentMethod?: string | null | undefined;
  description?: string | null | undefined;
  metadata: Record<string, string>;
  /** Does the card that pays first pay what follows? */
  savesPaymentMethod: boolean;
}

/** Makes a subscription with its first invoice, open to be paid. @param tx in the customer's time */
export function createSubscription(tx: Transaction, given: SubscriptionGiven): Stripe.Subscription {
  const interval = commonInterval(given.items);
  const [first] = given.items;
  const id = newId('sub');
  const end = nextBoundary(tx.now, interval, tx.now);
  const testClock = testClockOf(tx, given.customer);
  const built = buildSubscription({
    id,
    customer: given.customer,
    currency: first?.price.currency ?? 'usd',
    items: given.items.map(({ price, quantity, metadata = {} }) =>
      buildItem({ id: newId('si', 14), subscription: id, price, quantity, start: tx.now, end, metadata }),
    ),
    start: tx.now,
    defaultPaymentMethod: given.defaultPaymentMethod ?? null,
    description: given.description ?? null,
    metadata: given.metadata,
    savesPaymentMethod: given.savesPaymentMethod,
    testClock,
  });
  tx.put('subscription', built);
  const draft = draftInvoice(tx, built, 'subscription_create', given.once);
  const created = tx.put('subscription', { ...built, latest_invoice: draft.id });
  emit(tx, 'customer.subscription.created', created);
  schedule(tx, { at: tx.now + FIRST_PAYMENT, task: 'subscription.give_up', subject: id, testClock });
  finalizeInvoice(tx, draft);
  return tx.get('subscription', id);
}

/** A period is over: the next begins with its invoice, or the subscription ends. */
export function renewSubscription(tx: Transaction, before: Stripe.Subscription): void {
  if (before.cancel_at_period_end) {
    endSubscription(tx, before, 'cancellation_requested');
    return;
  }
  const start = before.items.data[0]?.current_period_end ?? tx.now;
  const interval = commonInterval(before.items.data);
  const end = nextBoundary(before.billing_cycle_anchor, interval, start);
  const data = before.items.data.map((item) => ({ ...item, current_period_end: end, current_period_start: start }));
  const next: Stripe.Subscription = { ...before, items: { ...before.items, data } };
  const invoice = draftInvoice(tx, next, 'subscription_cycle');
  scheduleRenewal(tx, next);
  changeSubscription(tx, before, { items: next.items, latest_invoice: invoice.id });
}

/** The period that all prices of a subscription have. @throws StripeError when they have not, or are not recurring */
export function commonInterval(items: readonly { price: Stripe.Price }[]): BillingInterval {
  const refuse = (message: string) => new StripeError(400, 'invalid_request_error', message, { param: 'items' });
  const intervals = items.map(({ price: { recurring } }) => {
    if (!recurring)
      throw refuse(
        'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      );
    // A price is made with one of these alone.
    return { interval: recurring.interval as BillingInterval['interval'], count: recurring.interval_count };
  });
  const [first] = intervals;
  if (!first) throw refuse('Missing required param: items.');
  if (intervals.some(({ interval, count }) => interval !== first.interval || count !== first.count)) {
    throw refuse(
      'All prices of a subscription must have the same `recurring[interval]` and `recurring[interval_count]`.',
    );
  }
  if (new Set(items.map(({ price }) => price.currency)).size > 1) {
    throw refuse('All prices of a subscription must be of the same currency.');
  }
  return first;
}
