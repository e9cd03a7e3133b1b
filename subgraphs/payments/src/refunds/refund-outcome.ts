import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type Stripe from 'stripe';
import { paymentRefunded, paymentRefundFailed } from '../events.js';
import { Journal } from '../ledger/journal.entity.js';
import { refundFailed, refundMade, stripeFee } from '../ledger/journals.js';
import { postedTo, postJournal } from '../ledger/post.js';
import type { Payment } from '../payments/payment.entity.js';
import { lockPayment } from '../payments/payment.repository.js';
import { movePayment, recordPayment } from '../payments/payment.transitions.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { returnShare } from '../transfers/share.js';
import { Refund } from './refund.entity.js';
import { mayRefundBecome, type RefundStatus, refundStatusOf, statusAfterRefunds } from './refund.rules.js';
import { causeOfReversal, returnLessons, shareAccountOf } from './refund-shares.js';

/** What refunds need to move money of tutors. */
export interface RefundTools {
  operations: StripeOperations;
}

/** A refund with its payment, both locked. */
export interface LockedRefund {
  payment: Payment;
  refund: Refund;
}

/** Locks a refund, after its payment. @returns null when there is none */
export async function lockRefund(tx: EntityManager, id: string): Promise<LockedRefund | null> {
  const known = isId(id) ? await tx.findOne(Refund, { id }) : null;
  const payment = known && (await lockPayment(tx, known.paymentId));
  if (!payment) return null;
  const options = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true };
  return { payment, refund: await tx.findOneOrFail(Refund, { id }, options) };
}

/** Takes over how a refund stands at Stripe; what is older than what is known changes nothing. */
export async function takeOver(
  tx: EntityManager,
  tools: RefundTools,
  locked: LockedRefund,
  made: Stripe.Refund,
  now: Date,
): Promise<void> {
  const { payment, refund } = locked;
  refund.stripeRefundId = made.id;
  const transaction = expanded(made.balance_transaction);
  // The money leaves the balance with the transaction; the bank may take days to take it.
  if (transaction) {
    await postJournal(tx, refundMade(payment, refund, transaction.id), now);
    const { id: transactionId, fee: feeMinor } = transaction;
    const { currency, id: paymentId } = payment;
    if (feeMinor !== 0) await postJournal(tx, stripeFee({ transactionId, feeMinor, currency, paymentId }), now);
  }
  const status = refundStatusOf(made.status);
  if (status === 'FAILED') {
    const returnedBy = idOf(made.failure_balance_transaction);
    await failRefund(tx, tools, locked, { code: made.failure_reason ?? 'failed', returnedBy }, now);
  } else if (moveRefund(refund, status, now)) {
    await followRefunds(tx, payment, now);
    recordPayment(tx, paymentRefunded, payment);
  }
}

/** A refund has failed: everybody has their part again, and staff has to find another way. */
export async function failRefund(
  tx: EntityManager,
  { operations }: RefundTools,
  { payment, refund }: LockedRefund,
  { code, returnedBy = null }: { code: string; returnedBy?: string | null },
  now: Date,
): Promise<void> {
  if (!moveRefund(refund, 'FAILED', now)) return;
  refund.failureCode = code;
  payment.refundedMinor -= refund.amountMinor;
  payment.shareRefundedMinor -= refund.shareMinor;
  const hadLeft = (await tx.count(Journal, { kind: 'REFUND_MADE', cause: refund.id })) > 0;
  const returned = hadLeft ? { stripeTransactionId: returnedBy } : undefined;
  const credit = await postedTo(tx, 'STUDENT_CREDIT', { kind: 'REFUND', cause: refund.id });
  await postJournal(tx, refundFailed(payment, refund, shareAccountOf(payment), returned, credit), now);
  if (payment.kind === 'PACKAGE') await returnLessons(tx, payment, refund, credit, now);
  await followRefunds(tx, payment, now);
  if (payment.shareStatus === 'RELEASED') {
    await returnShare(tx, operations, payment, refund.shareMinor, causeOfReversal(refund), now);
  }
  recordPayment(tx, paymentRefundFailed, payment);
}

/** Moves a refund, if that is a step that it may take. */
export function moveRefund(refund: Refund, to: RefundStatus, now: Date): boolean {
  if (!mayRefundBecome(refund.status, to)) return false;
  refund.status = to;
  refund.settledAt = now;
  return true;
}

/** Lets a locked payment stand as what has gone back of it: refunds that the bank has, and disputes that are lost. */
export async function followRefunds(tx: EntityManager, payment: Payment, now: Date): Promise<void> {
  await tx.flush();
  const pending = await tx.find(Refund, { paymentId: payment.id, status: 'PENDING' }, { fields: ['amountMinor'] });
  const asked = pending.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const status = statusAfterRefunds(payment.amountMinor, payment.refundedMinor - asked);
  if (status !== payment.status) movePayment(payment, status, now);
}

/** What Stripe was asked to send with an object. */
export function expanded<Part extends { id: string }>(part: string | Part | null | undefined): Part | null {
  return typeof part === 'object' && part ? part : null;
}

/** The id of a part of an object, whether Stripe was asked to send it or not. */
export function idOf(part: string | { id: string } | null | undefined): string | null {
  return typeof part === 'object' && part ? part.id : (part ?? null);
}
