import type Stripe from 'stripe';
import { PLATFORM_NAME } from '../connect/platform-account.js';
import { listOf } from '../http/list.js';
import { decimalOf } from './prices.js';

/** What an invoice begins with; times in Unix seconds. */
export interface NewInvoice {
  id: string;
  customer: Stripe.Customer;
  subscription: Stripe.Subscription;
  lines: Stripe.InvoiceLineItem[];
  reason: 'subscription_create' | 'subscription_cycle';
  created: number;
  periodStart: number;
  periodEnd: number;
  /** When it is finalized by itself; null: at once. */
  finalizesAt: number | null;
}

// Parts of Billing that the emulator does not have.
const NOT_OFFERED = {
  account_tax_ids: null,
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  custom_fields: null,
  customer_account: null,
  customer_shipping: null,
  default_source: null,
  discounts: [],
  due_date: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  on_behalf_of: null,
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  total_pretax_credit_amounts: [],
} satisfies Partial<Stripe.Invoice>;

/** A draft. */
export function buildInvoice(about: NewInvoice): Stripe.Invoice {
  const { customer, subscription } = about;
  const total = about.lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    id: about.id,
    object: 'invoice',
    ...NOT_OFFERED,
    account_country: 'US',
    account_name: PLATFORM_NAME,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatically_finalizes_at: about.finalizesAt,
    billing_reason: about.reason,
    collection_method: 'charge_automatically',
    created: about.created,
    currency: subscription.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_tax_rates: [],
    description: subscription.description,
    effective_at: null,
    ending_balance: null,
    lines: listOf(about.lines, `/v1/invoices/${about.id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: about.finalizesAt,
    number: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: about.periodEnd,
    period_start: about.periodStart,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: subscription.test_clock,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_taxes: [],
    webhooks_delivered_at: about.created,
  };
}

/** What a line of an invoice begins with; times in Unix seconds. */
export interface NewLine {
  id: string;
  invoice: string;
  price: Stripe.Price;
  quantity: number;
  description: string;
  subscription: string;
  /** Null for what is bought once, together with the subscription. */
  item: string | null;
  start: number;
  end: number;
}

/** A line of an invoice. */
export function buildLine(about: NewLine): Stripe.InvoiceLineItem {
  const { price, quantity, item } = about;
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: about.id,
    object: 'line_item',
    amount,
    currency: price.currency,
    description: about.description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: about.invoice,
    livemode: false,
    metadata: {},
    parent:
      item === null
        ? null
        : {
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: null,
              proration: false,
              proration_details: { credited_items: null },
              subscription: about.subscription,
              subscription_item: item,
            },
            type: 'subscription_item_details',
          },
    period: { end: about.end, start: about.start },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: String(price.product) },
      type: 'price_details',
      unit_amount_decimal: decimalOf(price.unit_amount ?? 0),
    },
    quantity,
    quantity_decimal: decimalOf(quantity),
    subscription: about.subscription,
    subtotal: amount,
    taxes: [],
  };
}
