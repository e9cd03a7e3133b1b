import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { paymentCancelled } from '../events.js';
import { cancelPackageOf } from '../packages/package.repository.js';
import type { Payment } from './payment.entity.js';
import { mayPaymentBecome, type PaymentStatus } from './payment.rules.js';

/** What an event says of a payment. */
export function aboutPayment({ id, bookingId = null, packageId = null, payerId, tutorId }: Payment) {
  return { subject: id, data: { bookingId, packageId, payerId, tutorId } };
}

/** Moves a locked payment. @throws when that is no step that it may take */
export function movePayment(payment: Payment, to: PaymentStatus, now: Date): void {
  if (!mayPaymentBecome(payment.status, to)) {
    throw new Error(`Payment ${payment.id} is ${payment.status} and cannot become ${to}; compare it with Stripe`);
  }
  payment.status = to;
  payment.updatedAt = now;
}

/** Ends a locked payment unpaid, once Stripe takes no money for it any more. */
export async function cancelUnpaid(
  tx: EntityManager,
  payment: Payment,
  failureCode: string | null,
  now: Date,
): Promise<void> {
  if (payment.status === 'CANCELLED') return;
  movePayment(payment, 'CANCELLED', now);
  Object.assign(payment, { checkoutUrl: null, expiresAt: null, ...(failureCode && { failureCode }) });
  if (payment.kind === 'PACKAGE') await cancelPackageOf(tx, payment, now);
  recordEvent(tx, paymentCancelled.create(aboutPayment(payment)));
}
