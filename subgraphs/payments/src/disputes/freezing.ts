import type { EntityManager } from '@mikro-orm/postgresql';
import { Payment } from '../payments/payment.entity.js';
import { Dispute } from './dispute.entity.js';

/** Lets nothing of a locked payment move, nor of the lessons that were paid from its package. */
export async function freeze(tx: EntityManager, payment: Payment, now: Date): Promise<void> {
  payment.frozenAt ??= now;
  if (payment.kind !== 'PACKAGE') return;
  await tx.nativeUpdate(Payment, { ...lessonsOf(payment), frozenAt: null }, { frozenAt: now });
}

/** Lets it move again, unless another dispute of it has not ended. */
export async function unfreeze(tx: EntityManager, payment: Payment, now: Date): Promise<void> {
  const others = { paymentId: payment.id, closedAt: null, status: { $nin: ['INQUIRY' as const] } };
  if (await tx.count(Dispute, others)) return;
  payment.frozenAt = null;
  payment.updatedAt = now;
  if (payment.kind !== 'PACKAGE') return;
  await tx.nativeUpdate(Payment, { ...lessonsOf(payment), frozenAt: { $ne: null } }, { frozenAt: null });
}

function lessonsOf({ packageId }: Payment) {
  return { packageId, method: 'PACKAGE' as const };
}
