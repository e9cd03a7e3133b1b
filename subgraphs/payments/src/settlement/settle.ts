import type { EntityManager } from '@mikro-orm/postgresql';
import type { Payment } from '../payments/payment.entity.js';
import { isPaid } from '../payments/payment.rules.js';
import { percentOf } from '../refunds/refund.rules.js';
import { requestRefund } from '../refunds/request-refund.js';
import { goesBack } from '../refunds/return-to-package.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { releaseShare } from '../transfers/share.js';
import type { Settlement } from './settlement.rules.js';

/**
 * Decides what is to become of a lesson's money, and carries it out if that is due. What was decided before and is not
 * carried out yet does not count any more.
 *
 * @param payment locked by the caller
 */
export async function decide(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  { at, refundPercent, reason }: Settlement,
  now: Date,
): Promise<void> {
  if (!isPaid(payment.status)) return;
  payment.settleAt = at;
  payment.settleRefundPercent = refundPercent;
  payment.settleReason = reason;
  payment.updatedAt = now;
  await settleIfDue(tx, operations, payment, now);
}

/** Nothing is decided for the time being. */
export function undecide(payment: Payment, now: Date): void {
  payment.settleAt = null;
  payment.settleRefundPercent = null;
  payment.settleReason = null;
  payment.updatedAt = now;
}

/**
 * Carries out what was decided, once it is due and no cardholder disputes the payment: what is to go back of it goes back,
 * unless as much has already, and the rest of the tutor's share is released.
 *
 * @param payment locked by the caller
 * @returns false when it was not due
 */
export async function settleIfDue(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  now: Date,
): Promise<boolean> {
  const { settleAt, settleRefundPercent: percent, settleReason } = payment;
  if (!settleAt || typeof percent !== 'number' || settleAt > now || payment.frozenAt) return false;
  undecide(payment, now);
  const amountMinor = percentOf(payment.amountMinor, percent) - payment.refundedMinor;
  if (amountMinor > 0 && settleReason) {
    if (percent === 100 && (await goesBack(tx, payment, now))) return true;
    const cause = `booking:${payment.bookingId}`;
    await requestRefund(tx, operations, payment, { amountMinor, reason: settleReason, cause }, now);
  }
  await releaseShare(tx, operations, payment, now);
  return true;
}
