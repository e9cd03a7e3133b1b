import type { EntityManager } from '@mikro-orm/postgresql';
import type { Payment } from '../payments/payment.entity.js';
import { isPaid } from '../payments/payment.rules.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { CREATE_REFUND, type CreateRefundInput } from './create-refund.operation.js';
import { Refund } from './refund.entity.js';
import { type RefundWish, takeFromPayment } from './refund-shares.js';

/**
 * Decides that money of a payment goes back to the student: the tutor, the state and the platform give their parts at once,
 * and Stripe is asked after the commit. Of a package, lessons go that were not taken.
 *
 * @param payment paid, and locked by the caller
 * @returns null when there was a refund for this cause, or nothing is left
 */
export async function requestRefund(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  wish: RefundWish,
  now: Date,
): Promise<Refund | null> {
  if (!(isPaid(payment.status) && payment.stripeChargeId)) {
    throw new Error(`Payment ${payment.id} is ${payment.status}: there is nothing to refund`);
  }
  if (await tx.count(Refund, { cause: wish.cause })) return null;
  const refund = await takeFromPayment(tx, operations, payment, wish, now);
  if (!refund) return null;
  await askForRefund(tx, operations, payment, refund);
  return refund;
}

/** Has Stripe asked for a refund of a locked payment after the commit. */
export async function askForRefund(
  tx: EntityManager,
  operations: StripeOperations,
  { id: paymentId, stripeChargeId: chargeId }: Payment,
  { id: refundId, amountMinor }: Refund,
): Promise<void> {
  if (!chargeId) throw new Error(`Payment ${paymentId} has no charge to refund`);
  const input: CreateRefundInput = { refundId, paymentId, chargeId, amountMinor };
  await operations.begin(tx, CREATE_REFUND, { subjectId: refundId, input: { ...input } });
}
