import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { refundAsked, type ShareAccount } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import type { LessonPackage } from '../packages/package.entity.js';
import { lockPackage } from '../packages/package.repository.js';
import { lessonsLeft } from '../packages/package.rules.js';
import { movePackage } from '../packages/package.transitions.js';
import type { Payment } from '../payments/payment.entity.js';
import { refundParts } from '../payments/split.rules.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { reverseShare } from '../transfers/share.js';
import { Refund } from './refund.entity.js';
import { lessonsLost, type RefundReason, type ReturnedLessons } from './refund.rules.js';

/** What is to go back, and why. */
export interface RefundWish {
  /** At most so much: never more than what is left of the payment. */
  amountMinor: number;
  reason: RefundReason;
  /** What it follows from, once. */
  cause: string;
  /** The member of staff who wants it, and what they say. */
  requestedBy?: string | null;
  note?: string | null;
}

/** Where a tutor's share of a payment lies. */
export function shareAccountOf({ shareStatus }: Pick<Payment, 'shareStatus'>): ShareAccount {
  return shareStatus === 'RELEASED' ? 'TUTOR_AVAILABLE' : 'TUTOR_PENDING';
}

/** The causes under which a refund takes back what the tutor has had. */
export function causeOfReversal({ id }: Pick<Refund, 'id'>): string {
  return `refund:${id}`;
}

/** Books a refund without asking Stripe for it, as when it was made there. The payment is locked. */
export async function takeFromPayment(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  { amountMinor: wanted, reason, cause, requestedBy = null, note = null }: RefundWish,
  now: Date,
): Promise<Refund | null> {
  const amountMinor = Math.min(wanted, payment.amountMinor - payment.refundedMinor);
  if (amountMinor <= 0) return null;
  const isPackage = payment.kind === 'PACKAGE';
  const parts = isPackage ? { shareMinor: 0, taxMinor: 0 } : refundParts(payment, payment.refundedMinor, amountMinor);
  const lost = isPackage ? await takeLessons(tx, payment, amountMinor, now) : undefined;
  const refund = tx.create(Refund, {
    ...{
      id: newId(),
      paymentId: payment.id,
      status: 'PENDING',
      reason,
      amountMinor,
      ...parts,
      cause,
      requestedBy,
      note,
    },
    lessons: lost?.lessons ?? null,
    createdAt: now,
  });
  payment.refundedMinor += amountMinor;
  payment.shareRefundedMinor += parts.shareMinor;
  payment.updatedAt = now;
  await postJournal(tx, refundAsked(payment, refund, shareAccountOf(payment), lost?.amountMinor), now);
  // What was released may be with the tutor already.
  if (payment.shareStatus === 'RELEASED') {
    await tx.flush();
    await reverseShare(tx, operations, payment, parts.shareMinor, causeOfReversal(refund), now);
  }
  return refund;
}

/** Takes lessons of a package away that were not taken, as many as so much of its locked payment is worth. */
export async function takeLessons(
  tx: EntityManager,
  { packageId }: Payment,
  amountMinor: number,
  now: Date,
): Promise<ReturnedLessons> {
  const bought = await lockPackage(tx, packageId ?? '');
  if (!bought) throw new Error(`Package ${packageId} does not exist`);
  const lost = lessonsLost(bought.creditMinor, lessonsLeft(bought), amountMinor);
  bought.refundedLessons += lost.lessons;
  bought.creditMinor -= lost.amountMinor;
  bought.updatedAt = now;
  moveWithLessons(bought, now);
  return lost;
}

/** Gives lessons back to a package that were to be paid back. @param creditMinor what they are worth */
export async function returnLessons(
  tx: EntityManager,
  { packageId }: Payment,
  { lessons }: Refund,
  creditMinor: number,
  now: Date,
): Promise<void> {
  const bought = await lockPackage(tx, packageId ?? '');
  if (!bought) return;
  bought.refundedLessons -= lessons ?? 0;
  bought.creditMinor += creditMinor;
  bought.updatedAt = now;
  moveWithLessons(bought, now);
}

function moveWithLessons(bought: LessonPackage, now: Date): void {
  const left = lessonsLeft(bought);
  if (left === 0 && bought.status === 'ACTIVE') movePackage(bought, 'REFUNDED', now);
  else if (left > 0 && bought.status === 'REFUNDED') movePackage(bought, 'ACTIVE', now);
}
