import { handOverTaken } from '@tutorgraph/schema/events/learning';
import { defineNotification } from '../notification-type.js';

export const handOverTakenType = defineNotification({
  type: 'HAND_OVER_TAKEN',
  description: 'A curator answers what somebody asked the assistant; for who asked.',
  event: handOverTaken,
  urgency: 'HIGH',
  channels: ['IN_APP', 'PUSH', 'TELEGRAM'],
  samples: [{}],
  recipients: async (_ask, { subject, data: { userId } }) => [
    { userId, values: {}, target: { kind: 'HAND_OVER', id: subject } },
  ],
});
