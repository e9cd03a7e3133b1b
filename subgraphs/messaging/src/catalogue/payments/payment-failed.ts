import { paymentFailed } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { defineNotification } from '../notification-type.js';

export const paymentFailedType = defineNotification({
  type: 'PAYMENT_FAILED',
  description: 'An attempt to pay was declined, and another one may be made; for whoever pays.',
  event: paymentFailed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  usefulHours: 6,
  samples: [{ amountMinor: 150_000, currency: 'RUB' }],
  async recipients(ask, { subject, data: { payerId } }) {
    const payment = await paymentOf(ask, subject);
    if (payment?.status !== 'PENDING') return [];
    return [{ userId: payerId, values: payment.amount, target: { kind: 'PAYMENT', id: subject } }];
  },
});
