import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type Stripe from 'stripe';
import { paymentFailed, paymentProcessing } from '../events.js';
import { isMadeByUs } from '../stripe/our-call.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import { settlePaid } from './paid.js';
import type { Payment } from './payment.entity.js';
import { lockPayment } from './payment.repository.js';
import { isPaid } from './payment.rules.js';
import { cancelUnpaid, movePayment, recordPayment } from './payment.transitions.js';

/** What is read of an intent besides. */
export const INTENT_DETAILS = ['latest_charge.balance_transaction'];
/** What is read of a session besides. */
export const SESSION_DETAILS = ['payment_intent.latest_charge.balance_transaction'];

/** Follows payment intents. */
export const intentSync: ObjectSync<Stripe.PaymentIntent> = {
  kind: 'payment_intent',
  fetch: (stripe, id) => stripe.paymentIntents.retrieve(id, { expand: INTENT_DETAILS }),
  apply: applyIntent,
};

/** Follows the pages on which payments are made. */
export const sessionSync: ObjectSync<Stripe.Checkout.Session> = {
  kind: 'checkout.session',
  fetch: (stripe, id) => stripe.checkout.sessions.retrieve(id, { expand: SESSION_DETAILS }),
  apply: applySession,
};

/** Takes over how an intent stands; one that is of no payment of ours is passed over. */
export async function applyIntent(tx: EntityManager, intent: Stripe.PaymentIntent, now: Date): Promise<void> {
  const payment = await lockPaymentOf(tx, intent);
  if (!payment || (payment.stripeIntentId ?? intent.id) !== intent.id) return;
  payment.stripeIntentId = intent.id;
  await follow(tx, payment, intent, now);
}

/** Takes over how a page stands, and what was paid on it. */
export async function applySession(tx: EntityManager, session: Stripe.Checkout.Session, now: Date): Promise<void> {
  const payment = await lockPaymentOf(tx, session);
  if (!payment || (payment.stripeSessionId ?? session.id) !== session.id) return;
  payment.stripeSessionId = session.id;
  const { payment_intent: intent } = session;
  if (intent && typeof intent === 'object') {
    payment.stripeIntentId ??= intent.id;
    await follow(tx, payment, intent, now);
    // The bank has said no days later, when nobody can pay on the page any more.
    if (session.status === 'complete' && intent.status === 'requires_payment_method') {
      await cancelUnpaid(tx, payment, null, now);
    }
  }
  if (session.status === 'expired' && !isPaid(payment.status)) await cancelUnpaid(tx, payment, null, now);
}

async function lockPaymentOf(tx: EntityManager, made: { metadata: Stripe.Metadata | null }): Promise<Payment | null> {
  const paymentId = made.metadata?.['paymentId'] ?? '';
  if (!isId(paymentId) || !(await isMadeByUs(tx, made, paymentId))) return null;
  return lockPayment(tx, paymentId);
}

async function follow(tx: EntityManager, payment: Payment, intent: Stripe.PaymentIntent, now: Date): Promise<void> {
  // What has ended stays so, whatever was read before.
  if (isPaid(payment.status) || (payment.status === 'CANCELLED' && intent.status !== 'succeeded')) return;
  switch (intent.status) {
    case 'succeeded':
      assertSameMoney(payment, intent);
      return settlePaid(tx, payment, paidBy(intent), now);
    case 'canceled':
      return cancelUnpaid(tx, payment, codeOf(intent), now);
    case 'processing':
      if (payment.status === 'PROCESSING') return;
      movePayment(payment, 'PROCESSING', now);
      payment.checkoutUrl = null;
      return recordPayment(tx, paymentProcessing, payment);
    default:
      return wait(tx, payment, codeOf(intent), now);
  }
}

/** @throws when other money has arrived than was asked for, as when somebody has changed it at Stripe: somebody has to look */
function assertSameMoney({ id, amountMinor, currency }: Payment, intent: Stripe.PaymentIntent): void {
  if (intent.amount_received === amountMinor && intent.currency === currency.toLowerCase()) return;
  throw new Error(`Payment ${id} is not what intent ${intent.id} has brought; compare it with Stripe`);
}

/** It waits for the payer, perhaps after an attempt that was declined. */
function wait(tx: EntityManager, payment: Payment, failureCode: string | null, now: Date): void {
  const isNew = failureCode !== null && failureCode !== payment.failureCode;
  if (payment.status === 'PROCESSING') movePayment(payment, 'PENDING', now);
  payment.failureCode = failureCode;
  if (!isNew) return;
  payment.updatedAt = now;
  recordPayment(tx, paymentFailed, payment);
}

function paidBy({ id, latest_charge: charge }: Stripe.PaymentIntent) {
  if (!charge || typeof charge === 'string') throw new Error(`Intent ${id} was read without its charge`);
  const { balance_transaction: transaction, created } = charge;
  const transactionId = typeof transaction === 'string' ? transaction : (transaction?.id ?? null);
  return { chargeId: charge.id, transactionId, paidAt: new Date(created * 1000) };
}

/** Stripe's word for why the last attempt failed; the bank's own where it has one. */
function codeOf({ last_payment_error: error }: Stripe.PaymentIntent): string | null {
  if (!error) return null;
  const { code = error.type, decline_code: declineCode } = error;
  return declineCode && declineCode !== 'generic_decline' ? declineCode : code;
}
