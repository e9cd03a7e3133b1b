import { premiumEnded } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';

export const premiumEndedType = defineNotification({
  type: 'PREMIUM_ENDED',
  description: 'A tutor is premium no longer; for the tutor.',
  event: premiumEnded,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{}],
  recipients: async (_ask, { data: { userId, tutorId } }) => [
    { userId, values: {}, target: { kind: 'TUTOR', id: tutorId } },
  ],
});
