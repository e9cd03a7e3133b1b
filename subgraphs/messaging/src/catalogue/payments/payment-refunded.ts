import { paymentRefunded } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { defineNotification } from '../notification-type.js';

export const paymentRefundedType = defineNotification({
  type: 'PAYMENT_REFUNDED',
  description: 'Money of a payment went back, in part or whole; for whoever paid.',
  event: paymentRefunded,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { amountMinor: 150_000, refundedMinor: 75_000, currency: 'RUB', context: 'CARD' },
    { amountMinor: 150_000, refundedMinor: 150_000, currency: 'RUB', context: 'PACKAGE' },
  ],
  async recipients(ask, { subject, data: { payerId, packageId, bookingId } }) {
    const payment = await paymentOf(ask, subject);
    if (!payment || payment.refundedAmount.amountMinor === 0) return [];
    const values = {
      ...payment.amount,
      refundedMinor: payment.refundedAmount.amountMinor,
      // A lesson goes back into the package that paid for it.
      context: packageId && bookingId ? 'PACKAGE' : 'CARD',
    };
    return [{ userId: payerId, values, target: { kind: 'PAYMENT', id: subject } }];
  },
});
