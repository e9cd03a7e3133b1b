import type Stripe from 'stripe';
import { schedule, unscheduleAll } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { bookMovement } from '../money/balance.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { buildDispute } from './dispute.builder.js';
import { DISPUTE_FEE_MINOR, EVIDENCE_DAYS, mayDisputeBecome, outcomeOf } from './dispute.rules.js';

const DAY = 86_400;

/** What a bank disputes. */
export interface Disputed {
  charge: string;
  reason: string;
  /** Minor units. @default what has not been refunded */
  amount?: number | undefined;
}

/** A bank takes a charge back: its money is withdrawn with a fee until it is decided. */
export function openDispute(tx: Transaction, { charge: id, reason, amount: given }: Disputed): Stripe.Dispute {
  const charge = tx.get('charge', id, 'charge');
  // What was not captured counts as refunded.
  const left = charge.captured ? charge.amount - charge.amount_refunded : 0;
  const amount = given ?? left;
  if (charge.disputed || charge.status !== 'succeeded' || amount < 1 || amount > left) {
    const message = `Charge ${id} cannot be disputed with ${amount}: it is disputed already, or only ${left} are left of it.`;
    throw new StripeError(400, 'invalid_request_error', message, { param: 'charge' });
  }
  const dueBy = tx.now + EVIDENCE_DAYS * DAY;
  const built = buildDispute({ id: newId('du'), charge, amount, reason, created: tx.now, dueBy });
  const withdrawal = bookMovement(tx, {
    type: 'adjustment',
    reportingCategory: 'dispute',
    amount: -amount,
    currency: charge.currency,
    fee: DISPUTE_FEE_MINOR,
    feeDescription: 'Dispute fee',
    source: built.id,
    description: `Chargeback withdrawal for ${id}`,
  });
  const dispute = tx.put('dispute', { ...built, balance_transactions: [withdrawal] });
  tx.put('charge', { ...charge, disputed: true });
  emit(tx, 'charge.dispute.created', dispute);
  emit(tx, 'charge.dispute.funds_withdrawn', dispute);
  schedule(tx, { at: dueBy, task: 'dispute.overdue', subject: dispute.id });
  return dispute;
}

/** Sends the evidence to the bank; its text decides the outcome a moment later, or nobody does yet. */
export function submitEvidence(tx: Transaction, dispute: Stripe.Dispute): Stripe.Dispute {
  unscheduleAll(tx, 'dispute.overdue', dispute.id);
  if (outcomeOf(dispute.evidence)) schedule(tx, { at: tx.now, task: 'dispute.decide', subject: dispute.id });
  return {
    ...dispute,
    evidence_details: {
      ...dispute.evidence_details,
      submission_count: dispute.evidence_details.submission_count + 1,
      submission_method: 'manual',
    },
    status: 'under_review',
  };
}

/** Decides a dispute. A won one gives the money back, but not the fee. @throws StripeError when it is decided already */
export function closeDispute(tx: Transaction, id: string, outcome: 'won' | 'lost'): Stripe.Dispute {
  const before = tx.get('dispute', id);
  if (!mayDisputeBecome(before.status, outcome)) throw closed(before);
  unscheduleAll(tx, 'dispute.overdue', id);
  const reinstated = outcome === 'won' ? [reinstate(tx, before)] : [];
  const after = tx.put('dispute', {
    ...before,
    balance_transactions: [...before.balance_transactions, ...reinstated],
    status: outcome,
  });
  emit(tx, 'charge.dispute.updated', after, before);
  if (outcome === 'won') emit(tx, 'charge.dispute.funds_reinstated', after);
  emit(tx, 'charge.dispute.closed', after, before);
  return after;
}

/** What has been decided changes no longer. */
export function closed({ status }: Stripe.Dispute): StripeError {
  const message = `This dispute cannot be changed: its status is ${status}.`;
  return new StripeError(400, 'invalid_request_error', message);
}

function reinstate(tx: Transaction, { id, amount, currency, charge }: Stripe.Dispute): Stripe.BalanceTransaction {
  return bookMovement(tx, {
    type: 'adjustment',
    reportingCategory: 'dispute_reversal',
    amount,
    currency,
    source: id,
    description: `Chargeback reversal for ${typeof charge === 'string' ? charge : charge.id}`,
  });
}
