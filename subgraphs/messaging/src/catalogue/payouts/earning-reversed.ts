import { transferReversed } from '@tutorgraph/schema/events/payments';
import { tutorOf } from '../../facts/lessons.js';
import { transferOf } from '../../facts/payments.js';
import { defineNotification } from '../notification-type.js';

export const earningReversedType = defineNotification({
  type: 'EARNING_REVERSED',
  description: "Money came back from a tutor's balance because a student got it back; for the tutor.",
  event: transferReversed,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ amountMinor: 120_000, reversedMinor: 120_000, currency: 'RUB' }],
  async recipients(ask, { subject, data: { tutorId } }) {
    const [transfer, tutor] = await Promise.all([transferOf(ask, subject), tutorOf(ask, tutorId)]);
    if (!transfer || !tutor) return [];
    const values = { ...transfer.amount, reversedMinor: transfer.reversed.amountMinor };
    return [{ userId: tutor.id, values, target: { kind: 'TUTOR', id: tutorId } }];
  },
});
