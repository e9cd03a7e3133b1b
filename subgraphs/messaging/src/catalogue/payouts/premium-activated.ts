import { premiumActivated } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';

export const premiumActivatedType = defineNotification({
  type: 'PREMIUM_ACTIVATED',
  description: 'A tutor is premium, or premium was prolonged; for the tutor.',
  event: premiumActivated,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ premiumEndsAt: '2026-12-24T15:00:00.000Z' }],
  recipients: async (_ask, { data: { userId, tutorId, premiumUntil } }) => [
    { userId, values: { premiumEndsAt: premiumUntil }, target: { kind: 'TUTOR', id: tutorId } },
  ],
});
