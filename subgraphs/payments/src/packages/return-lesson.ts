import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { packageChanged, paymentRefunded } from '../events.js';
import { packageLessonReturned } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import type { Payment } from '../payments/payment.entity.js';
import { aboutPayment, movePayment } from '../payments/payment.transitions.js';
import { lockPackage } from './package.repository.js';
import { isInUse } from './package.rules.js';
import { aboutPackage, movePackage } from './package.transitions.js';

/**
 * Gives a lesson that was paid from a package back to it, in whole; nothing moves at Stripe. The payment is locked, its
 * share has not been released and nothing of it has gone back.
 *
 * @returns false when the package is over, or the lesson cannot go back as a whole: then money goes back on its charge
 */
export async function returnLesson(tx: EntityManager, payment: Payment, now: Date): Promise<boolean> {
  const { method, status, packageId, amountMinor, shareStatus } = payment;
  if (method !== 'PACKAGE' || status !== 'SUCCEEDED' || shareStatus !== 'PENDING' || !packageId) return false;
  const lessons = await lockPackage(tx, packageId);
  if (!lessons || !isInUse(lessons, now)) return false;
  lessons.usedLessons -= 1;
  lessons.creditMinor += amountMinor;
  lessons.updatedAt = now;
  if (lessons.status === 'USED') movePackage(lessons, 'ACTIVE', now);
  movePayment(payment, 'REFUNDED', now);
  Object.assign(payment, {
    refundedMinor: amountMinor,
    shareRefundedMinor: payment.shareMinor,
    shareStatus: 'NONE',
    settleAt: null,
    settleRefundPercent: null,
  });
  await postJournal(tx, packageLessonReturned(payment), now);
  recordEvent(tx, paymentRefunded.create(aboutPayment(payment)));
  recordEvent(tx, packageChanged.create(aboutPackage(lessons)));
  return true;
}
