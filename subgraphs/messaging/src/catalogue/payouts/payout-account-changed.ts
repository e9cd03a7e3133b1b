import { payoutAccountChanged } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';

export const payoutAccountChangedType = defineNotification({
  type: 'PAYOUT_ACCOUNT_CHANGED',
  description: 'A tutor can be paid, or not any longer; for the tutor.',
  event: payoutAccountChanged,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ context: 'READY' }, { context: 'BLOCKED' }],
  recipients: async (_ask, { subject, data: { userId, transfersEnabled, payoutsEnabled } }) => [
    {
      userId,
      values: { context: transfersEnabled && payoutsEnabled ? 'READY' : 'BLOCKED' },
      target: { kind: 'TUTOR', id: subject },
    },
  ],
});
