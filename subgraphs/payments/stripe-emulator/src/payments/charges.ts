import type Stripe from 'stripe';
import { schedule } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { bookMovement, settlementTime } from '../money/balance.js';
import { processingFee } from '../money/fee.js';
import { newId, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import type { Decline } from './declines.js';
import { factsOf } from './payment-methods.js';

const STATEMENT_DESCRIPTOR = 'TUTORGRAPH';

/** How a charge comes about. */
export interface ChargeOptions {
  /** Why it fails; null: it succeeds. */
  decline: Decline | null;
  /** The holder has proved to be there. */
  isAuthenticated: boolean;
  /** False: the money is only reserved. */
  isCaptured: boolean;
}

/** Charges an intent's payment method, and books the money when that succeeds. */
export function makeCharge(
  tx: Transaction,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  options: ChargeOptions,
): Stripe.Charge {
  const charge = tx.put('charge', draft(tx, intent, method, options));
  if (options.decline) {
    emit(tx, 'charge.failed', charge);
    return charge;
  }
  const { dispute } = factsOf(tx, method.id).behaviour;
  // As with Stripe, the holder disputes it a moment later, not within the payment.
  if (dispute) schedule(tx, { at: tx.now, task: 'dispute.open', subject: `${charge.id} ${dispute}` });
  if (options.isCaptured) return bookCharge(tx, charge, charge.amount, 'charge.succeeded');
  emit(tx, 'charge.succeeded', charge);
  return charge;
}

/** Takes reserved money, or a part of it; the rest is released. */
export function captureCharge(tx: Transaction, id: string, amount: number): Stripe.Charge {
  return bookCharge(tx, tx.get('charge', id), amount, 'charge.captured');
}

/** Releases reserved money. */
export function releaseCharge(tx: Transaction, id: string): void {
  const before = tx.get('charge', id);
  const after = tx.put('charge', { ...before, amount_refunded: before.amount, refunded: true });
  emit(tx, 'charge.refunded', after, before);
}

function bookCharge(
  tx: Transaction,
  charge: Stripe.Charge,
  amount: number,
  event: 'charge.succeeded' | 'charge.captured',
): Stripe.Charge {
  const facts = typeof charge.payment_method === 'string' ? factsOf(tx, charge.payment_method) : undefined;
  const { id } = bookMovement(tx, {
    type: 'charge',
    reportingCategory: 'charge',
    amount,
    currency: charge.currency,
    fee: processingFee(amount, charge.currency),
    source: charge.id,
    description: charge.description,
    availableOn: facts?.behaviour.bypassesPending ? tx.now : settlementTime(tx.now),
  });
  const booked = tx.put('charge', {
    ...charge,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    balance_transaction: id,
    captured: true,
  });
  emit(tx, event, booked, event === 'charge.captured' ? charge : undefined);
  return booked;
}

function draft(
  tx: Transaction,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { decline, isAuthenticated, isCaptured }: ChargeOptions,
): Stripe.Charge {
  const id = newId('ch');
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: decline ? null : descriptor(intent),
    captured: !decline && isCaptured,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(intent, method, isAuthenticated), type: 'card' },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline ? null : `${tx.surroundings.publicUrl}/receipts/${id}/${randomText(32)}`,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

function descriptor({ statement_descriptor, statement_descriptor_suffix }: Stripe.PaymentIntent): string {
  const prefix = statement_descriptor ?? STATEMENT_DESCRIPTOR;
  return (statement_descriptor_suffix ? `${prefix}* ${statement_descriptor_suffix}` : prefix).slice(0, 22);
}

function outcome(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: decline ? 'The bank returned the decline code: see reason.' : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  };
}

function cardDetails(
  intent: Stripe.PaymentIntent,
  { card }: Stripe.PaymentMethod,
  isAuthenticated: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: intent.amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: isAuthenticated ? '05' : null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: randomText(15),
    regulated_status: 'unregulated',
    three_d_secure: isAuthenticated
      ? {
          authentication_flow: 'challenge',
          electronic_commerce_indicator: '05',
          exemption_indicator: null,
          result: 'authenticated',
          result_reason: null,
          transaction_id: randomText(20),
          version: '2.2.0',
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
