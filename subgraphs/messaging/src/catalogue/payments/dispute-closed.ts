import { paymentDisputeClosed } from '@tutorgraph/schema/events/payments';
import { paymentOf } from '../../facts/payments.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const disputeClosedType = defineNotification({
  type: 'PAYMENT_DISPUTE_CLOSED',
  description: 'A bank decided on a disputed payment; for staff who answer.',
  event: paymentDisputeClosed,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [
    { amountMinor: 150_000, currency: 'RUB', context: 'WON' },
    { amountMinor: 150_000, currency: 'RUB', context: 'LOST' },
  ],
  async recipients(ask, { subject, data: { won } }) {
    const payment = await paymentOf(ask, subject);
    const staff = payment ? await staffWith(ask, 'payments.refunds.make') : [];
    const values = { ...payment?.amount, context: won ? 'WON' : 'LOST' };
    return staff.map((userId) => ({ userId, values, target: { kind: 'PAYMENT', id: subject } }));
  },
});
