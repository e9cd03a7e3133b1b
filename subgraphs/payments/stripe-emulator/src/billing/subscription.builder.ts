import type Stripe from 'stripe';
import { listOf } from '../http/list.js';

/** What a subscription begins with; times in Unix seconds. */
export interface NewSubscription {
  id: string;
  customer: string;
  currency: string;
  items: Stripe.SubscriptionItem[];
  start: number;
  defaultPaymentMethod: string | null;
  description: string | null;
  metadata: Record<string, string>;
  savesPaymentMethod: boolean;
  testClock: string | null;
}

/** A subscription whose first invoice is still to be paid. */
export function buildSubscription(about: NewSubscription): Stripe.Subscription {
  return {
    id: about.id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: about.start,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: about.start,
    currency: about.currency,
    customer: about.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: about.defaultPaymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: about.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: listOf(about.items, `/v1/subscription_items?subscription=${about.id}`),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: about.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: about.savesPaymentMethod ? 'on_subscription' : 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: about.start,
    status: 'incomplete',
    test_clock: about.testClock,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
    trial_start: null,
  };
}

/** What an item begins with; times in Unix seconds. */
export interface NewItem {
  id: string;
  subscription: string;
  price: Stripe.Price;
  quantity: number;
  start: number;
  end: number;
  metadata: Record<string, string>;
}

/** A price that a subscription is for. */
export function buildItem({
  id,
  subscription,
  price,
  quantity,
  start,
  end,
  metadata,
}: NewItem): Stripe.SubscriptionItem {
  return {
    id,
    object: 'subscription_item',
    billing_thresholds: null,
    created: start,
    current_period_end: end,
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** A recurring price by its old name. */
export function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}
