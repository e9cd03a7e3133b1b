import type { EntityManager } from '@mikro-orm/postgresql';
import { returnLesson } from '../packages/return-lesson.js';
import type { Payment } from '../payments/payment.entity.js';

/**
 * Lets a lesson go back to the package that it was paid from, so that no money moves. The payment is locked.
 *
 * @returns false when it was not paid from one, or nothing can go back to that any more
 */
export async function goesBack(tx: EntityManager, payment: Payment, now: Date): Promise<boolean> {
  const isWhole = payment.refundedMinor === 0 && payment.shareStatus !== 'RELEASED';
  if (payment.method !== 'PACKAGE' || !isWhole || !(await returnLesson(tx, payment, now))) return false;
  payment.settleReason = null;
  return true;
}
