import type Stripe from 'stripe';
import { z } from 'zod';
import {
  boolean,
  clearable,
  currency,
  fields,
  mergeMetadata,
  metadata,
  oneOf,
  positiveInteger,
  text,
} from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { getCustomer } from '../payments/customer.js';
import { assertUsable } from '../payments/payment-methods.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Answer, type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { arriveAt, inTimeOf } from './billing-time.js';
import { collectInvoice, expireIncomplete } from './invoice-life.js';
import { priceData, priceOf } from './prices.js';
import { buildItem, planOf } from './subscription.builder.js';
import { commonInterval, createSubscription, renewSubscription } from './subscription-life.js';
import { changeSubscription, endSubscription, hasEnded } from './subscription-standing.js';

const paymentSettings = fields({
  payment_method_types: z.array(oneOf(['card'])).optional(),
  save_default_payment_method: oneOf(['off', 'on_subscription']).optional(),
}).optional();
const item = {
  metadata,
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: positiveInteger.optional(),
};
const common = {
  cancel_at_period_end: boolean.optional(),
  collection_method: oneOf(['charge_automatically']).optional(),
  default_payment_method: text.optional(),
  description: clearable(text),
  metadata,
  off_session: boolean.optional(),
  payment_settings: paymentSettings,
};
const creation = {
  ...common,
  billing_mode: fields({ type: oneOf(['flexible', 'classic']) }).optional(),
  currency: currency.optional(),
  customer: text,
  items: z.array(fields(item)).min(1).max(20),
  payment_behavior: oneOf(['default_incomplete', 'allow_incomplete', 'error_if_incomplete']).optional(),
};
const change = {
  ...common,
  items: z
    .array(fields({ ...item, id: text.optional(), deleted: boolean.optional() }))
    .max(20)
    .optional(),
  proration_behavior: oneOf(['none', 'create_prorations', 'always_invoice']).optional(),
};
const cancellation = {
  cancellation_details: fields({ comment: text.optional(), feedback: text.optional() }).optional(),
  invoice_now: boolean.optional(),
  prorate: boolean.optional(),
};
type Creation = z.infer<z.ZodObject<typeof creation>>;
type Change = z.infer<z.ZodObject<typeof change>>;

/** Subscriptions: prices that are paid again and again. */
export const subscriptions: Resource = {
  routes: [
    route('POST /v1/subscriptions', creation, ({ tx }, input) => create(tx, input)),
    route('GET /v1/subscriptions/:id', {}, ({ tx, path }) => tx.get('subscription', path['id'] ?? '')),
    route('POST /v1/subscriptions/:id', change, ({ tx, path }, input) => {
      const before = tx.get('subscription', path['id'] ?? '');
      return update(inTimeOf(tx, String(before.customer)), before, input);
    }),
    route('DELETE /v1/subscriptions/:id', cancellation, ({ tx, path }, { cancellation_details: why }) => {
      const before = tx.get('subscription', path['id'] ?? '');
      if (hasEnded(before)) throw noSuch('subscription', before.id);
      const inTime = inTimeOf(tx, String(before.customer));
      if (before.status === 'incomplete') return expireIncomplete(inTime, before);
      const details = { comment: why?.comment ?? null, feedback: why?.feedback ?? null, feedback_option: null };
      const told = { ...before, cancellation_details: { ...details, reason: null } };
      return endSubscription(inTime, told, 'cancellation_requested');
    }),
    route(
      'GET /v1/subscriptions',
      {
        ...pageInTime,
        customer: text.optional(),
        price: text.optional(),
        status: oneOf([
          'active',
          'all',
          'canceled',
          'ended',
          'incomplete',
          'incomplete_expired',
          'past_due',
        ]).optional(),
        test_clock: text.optional(),
      },
      (call, { customer, price, status, test_clock, ...input }) =>
        list(
          call,
          'subscription',
          input,
          (one) =>
            (customer === undefined || one.customer === customer) &&
            (price === undefined || one.items.data.some((its) => its.price.id === price)) &&
            (test_clock === undefined || one.test_clock === test_clock) &&
            hasStatus(one, status),
        ),
    ),
    route('GET /v1/subscription_items/:id', {}, ({ tx, path }) => {
      const id = path['id'] ?? '';
      const [owner] = tx.all('subscription', ({ items }) => items.data.some((one) => one.id === id));
      const found = owner?.items.data.find((one) => one.id === id);
      if (!found) throw noSuch('subscription_item', id);
      return found;
    }),
  ],
  tasks: {
    'subscription.renew': (tx, id, task) => {
      const subscription = tx.get('subscription', id);
      if (!hasEnded(subscription)) renewSubscription(arriveAt(tx, task), subscription);
    },
    'subscription.give_up': (tx, id, task) => {
      const subscription = tx.get('subscription', id);
      if (subscription.status === 'incomplete') expireIncomplete(arriveAt(tx, task), subscription);
    },
  },
};

function hasStatus(subscription: Stripe.Subscription, wanted: string | undefined): boolean {
  if (wanted === undefined) return subscription.status !== 'canceled';
  if (wanted === 'all') return true;
  return wanted === 'ended' ? hasEnded(subscription) : subscription.status === wanted;
}

function create(given: Transaction, input: Creation): Answer {
  const { id: customer, invoice_settings } = getCustomer(given, input.customer, 'customer');
  const tx = inTimeOf(given, customer);
  const behavior = input.payment_behavior ?? 'allow_incomplete';
  const method = input.default_payment_method ?? null;
  assertMethod(tx, method, customer);
  if (behavior !== 'default_incomplete' && (method ?? invoice_settings.default_payment_method) === null) {
    const message =
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.';
    throw new StripeError(400, 'invalid_request_error', message, { code: 'resource_missing' });
  }
  const made = createSubscription(tx, {
    customer,
    items: input.items.map((one, index) => ({
      price: priceOf(tx, one, `items[${index}]`),
      quantity: one.quantity ?? 1,
      metadata: mergeMetadata({}, one.metadata),
    })),
    defaultPaymentMethod: method,
    description: input.description,
    metadata: mergeMetadata({}, input.metadata),
    savesPaymentMethod: input.payment_settings?.save_default_payment_method === 'on_subscription',
  });
  if (input.cancel_at_period_end) tx.put('subscription', { ...made, ...cancelingAtEnd(tx, made) });
  const invoice = tx.get('invoice', String(made.latest_invoice));
  if (behavior === 'default_incomplete' || invoice.status !== 'open') return tx.get('subscription', made.id);
  const result = collectInvoice(tx, invoice.id, { isOffSession: input.off_session === true, isAutomatic: false });
  if (behavior === 'error_if_incomplete' && result?.intent.status !== 'succeeded') {
    throw result?.error ?? new StripeError(402, 'card_error', 'The first payment of the subscription needs an action.');
  }
  return tx.get('subscription', made.id);
}

function update(tx: Transaction, before: Stripe.Subscription, input: Change): Stripe.Subscription {
  if (hasEnded(before)) {
    const message = 'A canceled subscription can only update its cancellation_details and metadata.';
    if (Object.entries(input).some(([name, value]) => name !== 'metadata' && value !== undefined)) {
      throw new StripeError(400, 'invalid_request_error', message);
    }
  }
  assertMethod(tx, input.default_payment_method ?? null, String(before.customer));
  const { cancel_at_period_end: cancels, description, payment_settings: settings } = input;
  const saves = settings?.save_default_payment_method;
  return changeSubscription(tx, before, {
    ...(cancels !== undefined && (cancels ? cancelingAtEnd(tx, before) : NOT_CANCELING)),
    ...(description !== undefined && { description }),
    ...(input.default_payment_method !== undefined && { default_payment_method: input.default_payment_method }),
    ...(input.items && { items: { ...before.items, data: changedItems(tx, before, input) } }),
    ...(saves &&
      before.payment_settings && {
        payment_settings: { ...before.payment_settings, save_default_payment_method: saves },
      }),
    metadata: mergeMetadata(before.metadata, input.metadata),
  });
}

const NOT_CANCELING = {
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
};

function cancelingAtEnd(tx: Transaction, { items, canceled_at }: Stripe.Subscription): Partial<Stripe.Subscription> {
  return {
    cancel_at: items.data[0]?.current_period_end ?? null,
    cancel_at_period_end: true,
    canceled_at: canceled_at ?? tx.now,
    cancellation_details: { ...NOT_CANCELING.cancellation_details, reason: 'cancellation_requested' },
  };
}

/** Items with other prices or quantities from the next period on. */
function changedItems(tx: Transaction, before: Stripe.Subscription, input: Change): Stripe.SubscriptionItem[] {
  if (input.proration_behavior !== 'none') {
    const message = 'The emulator does not prorate: change items with `proration_behavior` `none`.';
    throw new StripeError(400, 'invalid_request_error', message, { param: 'proration_behavior' });
  }
  const changes = new Map((input.items ?? []).map((one, index) => [one.id ?? index, { ...one, index }]));
  const kept = before.items.data.flatMap((one) => {
    const wanted = changes.get(one.id);
    if (!wanted) return [one];
    changes.delete(one.id);
    if (wanted.deleted) return [];
    const isPriced = wanted.price !== undefined || wanted.price_data !== undefined;
    const price = isPriced ? priceOf(tx, wanted, `items[${wanted.index}]`) : one.price;
    return [{ ...one, price, plan: planOf(price), quantity: wanted.quantity ?? one.quantity ?? 1 }];
  });
  const [first] = before.items.data;
  const added = [...changes.values()].map(({ index, id, ...wanted }) => {
    if (id !== undefined) throw noSuch('subscription_item', id, `items[${index}][id]`);
    const start = first?.current_period_start ?? tx.now;
    const end = first?.current_period_end ?? tx.now;
    const price = priceOf(tx, wanted, `items[${index}]`);
    const quantity = wanted.quantity ?? 1;
    return buildItem({ id: newId('si', 14), subscription: before.id, price, quantity, start, end, metadata: {} });
  });
  commonInterval([...kept, ...added]);
  return [...kept, ...added];
}

function assertMethod(tx: Transaction, method: string | null, customer: string): void {
  if (method === null) return;
  const found = tx.find('payment_method', method);
  if (!found) throw noSuch('PaymentMethod', method, 'default_payment_method');
  assertUsable(tx, found, customer);
  if (found.customer !== customer) {
    const message = `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`;
    const details = { code: 'resource_missing', param: 'default_payment_method' };
    throw new StripeError(400, 'invalid_request_error', message, details);
  }
}
