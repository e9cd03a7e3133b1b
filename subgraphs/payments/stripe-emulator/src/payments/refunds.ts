import type Stripe from 'stripe';
import { schedule } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { bookMovement } from '../money/balance.js';
import { formatAmount } from '../money/format.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { factsOf } from './payment-methods.js';

const A_WHILE = 3_600;

/** What is given back. */
export interface NewRefund {
  /** Minor units. @default all that is left */
  amount?: number | undefined;
  reason?: Stripe.Refund.Reason | undefined;
  metadata?: Record<string, string>;
}

/** Gives a charge back, or a part of it. @throws StripeError when that much is not left, or it is disputed */
export function refundCharge(tx: Transaction, id: string, given: NewRefund): Stripe.Refund {
  const charge = tx.get('charge', id, 'charge');
  const left = charge.amount - charge.amount_refunded;
  assertRefundable(tx, charge, left, given.amount ?? left);
  const amount = given.amount ?? left;
  const behaviour = typeof charge.payment_method === 'string' ? factsOf(tx, charge.payment_method).behaviour : {};
  const draft = newRefund(tx, charge, amount, given);
  const { id: movement } = bookMovement(tx, {
    type: 'refund',
    reportingCategory: 'refund',
    amount: -amount,
    currency: charge.currency,
    source: draft.id,
    description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})`,
  });
  const status = behaviour.refund === 'is_pending' ? 'pending' : 'succeeded';
  const refund = tx.put('refund', { ...draft, balance_transaction: movement, status });
  if (behaviour.refund) schedule(tx, { at: tx.now + A_WHILE, task: 'refund.settle', subject: refund.id });
  const refunded = tx.put('charge', {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  });
  emit(tx, 'refund.created', refund);
  emit(tx, 'charge.refunded', refunded, charge);
  return refund;
}

/** What becomes, after a while, of a refund with a card that makes it wait or fail. */
export function settleRefund(tx: Transaction, id: string): void {
  const before = tx.get('refund', id);
  if (before.status === 'pending') {
    const after = tx.put('refund', { ...before, status: 'succeeded' });
    emit(tx, 'refund.updated', after, before);
    emit(tx, 'charge.refund.updated', after, before);
    return;
  }
  if (before.status !== 'succeeded') return;
  const charge = tx.get('charge', String(before.charge));
  const { id: movement } = bookMovement(tx, {
    type: 'refund_failure',
    reportingCategory: 'refund_failure',
    amount: before.amount,
    currency: before.currency,
    source: before.id,
    description: 'REFUND FAILURE',
  });
  const after = tx.put('refund', {
    ...before,
    failure_balance_transaction: movement,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  });
  tx.put('charge', { ...charge, amount_refunded: charge.amount_refunded - before.amount, refunded: false });
  emit(tx, 'refund.updated', after, before);
  emit(tx, 'refund.failed', after);
  emit(tx, 'charge.refund.updated', after, before);
}

function assertRefundable(tx: Transaction, charge: Stripe.Charge, left: number, amount: number): void {
  const refuse = (message: string, code?: string) =>
    new StripeError(400, 'invalid_request_error', message, code === undefined ? { param: 'amount' } : { code });
  if (charge.status !== 'succeeded') {
    throw refuse(`Charge ${charge.id} cannot be refunded because it has not succeeded.`, 'charge_not_refundable');
  }
  // One that the bank has decided for the platform is its money again.
  if (tx.all('dispute').some(({ charge: id, status }) => id === charge.id && status !== 'won')) {
    throw refuse(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
  }
  if (!charge.captured) {
    throw refuse(
      `Charge ${charge.id} cannot be refunded because it has not been captured; cancel its PaymentIntent instead.`,
      'charge_not_refundable',
    );
  }
  if (left === 0) throw refuse(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if (amount > charge.amount) {
    throw refuse(
      `Refund amount (${formatAmount(amount, charge.currency)}) is greater than charge amount (${formatAmount(charge.amount, charge.currency)})`,
    );
  }
  if (amount > left) {
    throw refuse(
      `Refund amount (${formatAmount(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatAmount(left, charge.currency)})`,
    );
  }
}

function newRefund(
  tx: Transaction,
  charge: Stripe.Charge,
  amount: number,
  { reason, metadata = {} }: NewRefund,
): Stripe.Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { reference_status: 'pending', type: 'refund' }, type: 'card' },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: null,
    transfer_reversal: null,
  };
}
