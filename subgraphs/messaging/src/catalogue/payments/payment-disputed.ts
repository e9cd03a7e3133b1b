import { paymentDisputed } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const paymentDisputedType = defineNotification({
  type: 'PAYMENT_DISPUTED',
  description: 'A cardholder disputes a payment, and the bank wants evidence; for staff who answer.',
  event: paymentDisputed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
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
