import { paymentRefundFailed } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const refundFailedType = defineNotification({
  type: 'REFUND_FAILED',
  description: 'A bank did not take a refund; for staff who make refunds.',
  event: paymentRefundFailed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ amountMinor: 150_000, currency: 'RUB' }],
  async recipients(ask, { subject }) {
    const payment = await paymentOf(ask, subject);
    const staff = payment ? await staffWith(ask, 'payments.refunds.make') : [];
    return staff.map((userId) => ({
      userId,
      values: { ...payment?.amount },
      target: { kind: 'PAYMENT', id: subject },
    }));
  },
});
