import { paymentSucceeded } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { defineNotification } from '../notification-type.js';

export const paymentSucceededType = defineNotification({
  type: 'PAYMENT_SUCCEEDED',
  description: 'Money for a lesson has arrived; for whoever paid.',
  event: paymentSucceeded,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ amountMinor: 150_000, currency: 'RUB' }],
  async recipients(ask, { subject, data: { payerId, packageId } }) {
    // What a package pays was paid when the package was bought.
    const payment = packageId ? null : await paymentOf(ask, subject);
    return payment ? [{ userId: payerId, values: payment.amount, target: { kind: 'PAYMENT', id: subject } }] : [];
  },
});
