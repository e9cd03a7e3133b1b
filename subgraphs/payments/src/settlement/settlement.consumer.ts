import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import {
  bookingCancelled,
  bookingCompleted,
  bookingDisputed,
  bookingNoShow,
  bookingRefundDue,
} from '@tutorgraph/schema/events/marketplace';
import { Payment } from '../payments/payment.entity.js';
import { lockPayment } from '../payments/payment.repository.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { decide, undecide } from './settle.js';
import { afterAbsence, afterCancellation, afterCompletion, afterLateness } from './settlement.rules.js';

/** Lets the end of lessons decide what becomes of their money. */
export function settlementConsumer(
  operations: StripeOperations,
  holdHours: number,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handlers: Record<string, EventHandler> = {
    [bookingCompleted.type]: {
      apply: async (tx, { subject, time }) => {
        const payment = await lockPaymentOf(tx, subject);
        if (payment) await decide(tx, operations, payment, afterCompletion(new Date(time), holdHours), new Date());
      },
    },
    [bookingCancelled.type]: {
      apply: async (tx, { subject, data }) => {
        const { refundPercent } = bookingCancelled.schema.parse(data);
        const payment = await lockPaymentOf(tx, subject);
        const now = new Date();
        if (payment) await decide(tx, operations, payment, afterCancellation(refundPercent, now), now);
      },
    },
    [bookingNoShow.type]: {
      apply: async (tx, { subject, data }) => {
        const { refundPercent, disputableUntil } = bookingNoShow.schema.parse(data);
        const payment = await lockPaymentOf(tx, subject);
        const now = new Date();
        const until = disputableUntil ? new Date(disputableUntil) : null;
        if (payment) await decide(tx, operations, payment, afterAbsence(refundPercent, until, now), now);
      },
    },
    [bookingDisputed.type]: {
      apply: async (tx, { subject }) => {
        const payment = await lockPaymentOf(tx, subject);
        if (payment) undecide(payment, new Date());
      },
    },
    [bookingRefundDue.type]: {
      apply: async (tx, { data }) => {
        const { paymentId } = bookingRefundDue.schema.parse(data);
        const payment = await lockPayment(tx, paymentId);
        if (!payment) throw new Error(`Payment ${paymentId}, which is to go back, does not exist`);
        const now = new Date();
        await decide(tx, operations, payment, afterLateness(now), now);
      },
    },
  };
  return { name: 'settlement', stream: 'marketplace', handlers };
}

/** Locks the payment of a lesson; null when it was paid elsewhere, or not at all. */
async function lockPaymentOf(tx: EntityManager, bookingId: string): Promise<Payment | null> {
  const found = await tx.findOne(Payment, { bookingId, status: { $ne: 'CANCELLED' } }, { fields: ['id'] });
  return found && lockPayment(tx, found.id);
}
