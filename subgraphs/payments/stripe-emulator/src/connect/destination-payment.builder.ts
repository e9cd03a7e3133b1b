import type Stripe from 'stripe';

/** What a transfer becomes at the account that receives it. */
export interface ReceivedPayment {
  id: string;
  amount: number;
  currency: string;
  /** The transfer's id. */
  transfer: string;
  /** The balance transaction's id. */
  transaction: string;
  /** Unix seconds. */
  now: number;
}

/** The payment at a connected account by which a transfer arrives: a charge that nobody was charged for. */
export function buildPayment({ id, amount, currency, transfer, transaction, now }: ReceivedPayment): Stripe.Charge {
  return {
    id,
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: transaction,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: true,
    created: now,
    currency,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: transfer,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}
