import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import { Journal } from '../ledger/journal.entity.js';
import { disputeFee, disputeLost, disputeOpened, disputeWon } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import type { Payment } from '../payments/payment.entity.js';
import { refundParts } from '../payments/split.rules.js';
import { followRefunds } from '../refunds/refund-outcome.js';
import { shareAccountOf, takeLessons } from '../refunds/refund-shares.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { reverseShare } from '../transfers/share.js';
import type { Dispute } from './dispute.entity.js';

/**
 * Books what the bank has taken, once: of the tutor's share, the part that belongs to it is frozen; and what Stripe takes
 * for its work. The payment is locked, as for all that follows.
 */
export async function takeMoney(
  tx: EntityManager,
  payment: Payment,
  dispute: Dispute,
  { balance_transactions: transactions }: Stripe.Dispute,
  now: Date,
): Promise<void> {
  const taken = transactions.find(({ amount }) => amount < 0);
  if (taken && !(await isBooked(tx, 'DISPUTE_OPENED', dispute))) {
    if (payment.kind === 'LESSON') dispute.frozenMinor = disputedParts(payment, dispute).shareMinor;
    await postJournal(tx, disputeOpened(payment, dispute, shareAccountOf(payment), taken.id), now);
  }
  for (const { id: transactionId, fee: feeMinor } of transactions) {
    const { currency, id: paymentId } = payment;
    if (feeMinor !== 0) await postJournal(tx, disputeFee({ transactionId, feeMinor, currency, paymentId }), now);
  }
}

/** Books what the bank has given back. @returns false when it has not, though it had taken something */
export async function winMoney(
  tx: EntityManager,
  payment: Payment,
  dispute: Dispute,
  { balance_transactions: transactions }: Stripe.Dispute,
  now: Date,
): Promise<boolean> {
  if (!(await isBooked(tx, 'DISPUTE_OPENED', dispute))) return true;
  const returned = transactions.find(({ amount }) => amount > 0);
  if (!returned) return false;
  await postJournal(tx, disputeWon(payment, dispute, shareAccountOf(payment), returned.id), now);
  return true;
}

/**
 * Books that disputed money is lost, once. It has gone back to the student as by a refund; what the tutor has had of it
 * is taken back. Of a package, lessons are lost that were not taken; those that were are at the platform's expense.
 *
 * @returns what the platform bears of it, in minor units
 */
export async function loseMoney(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  dispute: Dispute,
  now: Date,
): Promise<number> {
  if (!(await isBooked(tx, 'DISPUTE_OPENED', dispute))) return 0;
  const { unrefundedMinor } = disputedParts(payment, dispute);
  const lost = payment.kind === 'PACKAGE' ? await takeLessons(tx, payment, unrefundedMinor, now) : undefined;
  const journal = disputeLost(payment, dispute, lost?.amountMinor);
  await postJournal(tx, journal, now);
  payment.refundedMinor += unrefundedMinor;
  payment.shareRefundedMinor = Math.min(payment.shareMinor, payment.shareRefundedMinor + dispute.frozenMinor);
  payment.updatedAt = now;
  await followRefunds(tx, payment, now);
  if (payment.shareStatus === 'RELEASED') {
    await reverseShare(tx, operations, payment, dispute.frozenMinor, `dispute:${dispute.id}`, now);
  }
  return journal.lines.find(({ account }) => account === 'DISPUTE_LOSS')?.amountMinor ?? 0;
}

/** Of a payment, what a dispute is about and has not gone back before, and the tutor's part of that. */
function disputedParts(payment: Payment, { amountMinor }: Dispute): { unrefundedMinor: number; shareMinor: number } {
  const unrefundedMinor = Math.min(amountMinor, payment.amountMinor - payment.refundedMinor);
  const { shareMinor } = refundParts(payment, payment.refundedMinor, unrefundedMinor);
  return { unrefundedMinor, shareMinor };
}

async function isBooked(tx: EntityManager, kind: 'DISPUTE_OPENED', { id: cause }: Dispute): Promise<boolean> {
  return (await tx.count(Journal, { kind, cause })) > 0;
}
