import type Stripe from 'stripe';

/** What a payout is made with; times in Unix seconds. */
export interface NewPayout {
  id: string;
  amount: number;
  currency: string;
  /** The bank account's id; null for the platform's. */
  destination: string | null;
  /** The balance transaction's id. */
  transaction: string;
  created: number;
  arrivalDate: number;
  description: string | null;
  method: 'standard' | 'instant';
  metadata: Record<string, string>;
  statementDescriptor: string | null;
}

/** A payout that somebody asked for and that is on its way. */
export function buildPayout(about: NewPayout): Stripe.Payout {
  return {
    id: about.id,
    object: 'payout',
    amount: about.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: about.arrivalDate,
    automatic: false,
    balance_transaction: about.transaction,
    created: about.created,
    currency: about.currency,
    description: about.description,
    destination: about.destination,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: about.metadata,
    method: about.method,
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: about.statementDescriptor,
    status: 'pending',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
  };
}
