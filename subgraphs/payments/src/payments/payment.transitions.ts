import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { coursePaymentChanged, paymentCancelled, type paymentOpened } from '../events.js';
import { cancelPackageOf } from '../packages/package.repository.js';
import type { Payment } from './payment.entity.js';
import { isHeld, mayPaymentBecome, type PaymentStatus } from './payment.rules.js';

/** What an event says of the payment of a lesson or a package. */
export function aboutPayment(payment: Payment) {
  const { id, bookingId = null, packageId = null, payerId } = payment;
  return { subject: id, data: { bookingId, packageId, payerId, tutorId: tutorOf(payment) } };
}

/** Who teaches what is paid for. @throws for a course, which is the platform's own */
export function tutorOf({ id, tutorId }: Pick<Payment, 'id' | 'tutorId'>): string {
  if (!tutorId) throw new Error(`Payment ${id} is for a course, which has no tutor`);
  return tutorId;
}

/** Tells what happened to a payment; of that of a course, that it stands otherwise. */
export function recordPayment(tx: EntityManager, event: typeof paymentOpened, payment: Payment): void {
  recordEvent(tx, payment.kind === 'COURSE' ? courseChange(payment) : event.create(aboutPayment(payment)));
}

/** How the payment of a course stands, as an event. */
export function courseChange({ id, payerId, courseId, cohortId = null, status }: Payment) {
  if (!courseId) throw new Error(`Payment ${id} names no course`);
  const data = { payerId, courseId, cohortId, isHeld: isHeld(status) };
  return coursePaymentChanged.create({ subject: id, data });
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
  recordPayment(tx, paymentCancelled, payment);
}
