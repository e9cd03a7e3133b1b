import { premiumPastDue } from '@tutorgraph/schema/events/payments';
import { defineNotification } from '../notification-type.js';

export const premiumPastDueType = defineNotification({
  type: 'PREMIUM_PAST_DUE',
  description: 'A premium membership was not paid and goes on for some days; for the tutor.',
  event: premiumPastDue,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [{ graceEndsAt: '2026-11-27T15:00:00.000Z' }],
  recipients: async (_ask, { data: { userId, tutorId, graceUntil } }) => [
    { userId, values: { graceEndsAt: graceUntil }, target: { kind: 'TUTOR', id: tutorId } },
  ],
});
