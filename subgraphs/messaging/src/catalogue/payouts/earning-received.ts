import { transferMade } from '@tutorgraph/schema/events/payments';
import { tutorOf } from '../../facts/lessons.js';
import { transferOf } from '../../facts/payments.js';
import { defineNotification } from '../notification-type.js';

export const earningReceivedType = defineNotification({
  type: 'EARNING_RECEIVED',
  description: "A tutor's share of a lesson, or money from staff, is on their balance; for the tutor.",
  event: transferMade,
  urgency: 'LOW',
  channels: ['IN_APP', 'PUSH'],
  samples: [{ amountMinor: 120_000, currency: 'RUB' }],
  async recipients(ask, { subject, data: { tutorId } }) {
    const [transfer, tutor] = await Promise.all([transferOf(ask, subject), tutorOf(ask, tutorId)]);
    return transfer && tutor
      ? [{ userId: tutor.id, values: transfer.amount, target: { kind: 'TUTOR', id: tutorId } }]
      : [];
  },
});
