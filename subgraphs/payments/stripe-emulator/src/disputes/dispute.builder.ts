import type Stripe from 'stripe';
import { noEvidence } from './dispute.rules.js';

/** What a dispute begins with; times in Unix seconds. */
export interface NewDispute {
  id: string;
  charge: Stripe.Charge;
  /** Minor units. */
  amount: number;
  reason: string;
  created: number;
  dueBy: number;
}

// As a network codes it.
const REASON_CODES: Readonly<Record<string, string>> = {
  fraudulent: '10.4',
  product_not_received: '13.1',
  product_unacceptable: '13.3',
  duplicate: '12.6.1',
  subscription_canceled: '13.2',
};

/** A dispute that waits for evidence. */
export function buildDispute({ id, charge, amount, reason, created, dueBy }: NewDispute): Stripe.Dispute {
  const brand = charge.payment_method_details?.card?.brand ?? 'visa';
  const code = REASON_CODES[reason] ?? null;
  return {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: code,
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand, case_type: 'chargeback', network: brand, network_reason_code: code },
      type: 'card',
    },
    reason,
    status: 'needs_response',
  };
}
