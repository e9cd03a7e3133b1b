import { verificationExpiring } from '@tutorgraph/schema/events/marketplace';
import { defineNotification } from '../notification-type.js';
import { aboutVerification, sampleVerification } from './verification-recipients.js';

export const verificationExpiringType = defineNotification({
  type: 'VERIFICATION_EXPIRING',
  description: 'What was confirmed of a tutor counts for 30 days more; for the tutor.',
  event: verificationExpiring,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleVerification],
  recipients: async (_ask, { subject, data: { userId, kind } }) => [aboutVerification(subject, kind, userId)],
});
