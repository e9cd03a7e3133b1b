import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { packageBought, paymentSucceeded } from '../events.js';
import { paymentPaid } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { activatePackage } from '../packages/activate-package.js';
import { aboutPackage } from '../packages/package.transitions.js';
import type { Payment } from './payment.entity.js';
import { isPaid } from './payment.rules.js';
import { aboutPayment, courseChange, movePayment } from './payment.transitions.js';

/** How money arrived. */
export interface Paid {
  chargeId: string;
  /** Stripe's balance transaction; null when it is told later. */
  transactionId: string | null;
  paidAt: Date;
}

/**
 * Takes over that money for a locked payment has arrived, once: for a lesson marketplace hears of it, and decides whether it
 * can still take place; a package can be used from now on; of a course learning hears, and enrols its student.
 *
 * @throws when the payment had ended, which Stripe said before: somebody has to look
 */
export async function settlePaid(
  tx: EntityManager,
  payment: Payment,
  { chargeId, transactionId, paidAt }: Paid,
  now: Date,
): Promise<void> {
  if (isPaid(payment.status)) return;
  movePayment(payment, 'SUCCEEDED', now);
  const isLesson = payment.kind === 'LESSON';
  Object.assign(payment, {
    paidAt,
    stripeChargeId: chargeId,
    failureCode: null,
    checkoutUrl: null,
    expiresAt: null,
    shareStatus: isLesson ? 'PENDING' : 'NONE',
  });
  await postJournal(tx, paymentPaid(payment, transactionId), now);
  if (payment.kind === 'COURSE') return recordEvent(tx, courseChange(payment));
  const { subject, data } = aboutPayment(payment);
  const { bookingId, packageId } = payment;
  if (bookingId) recordEvent(tx, paymentSucceeded.create({ subject, data: { ...data, bookingId } }));
  else if (packageId) {
    const bought = await activatePackage(tx, packageId, now);
    recordEvent(tx, packageBought.create(aboutPackage(bought)));
  }
}
