import { verificationExpired } from '@tutorgraph/schema/events/marketplace';
import { defineNotification } from '../notification-type.js';
import { aboutVerification, sampleVerification } from './verification-recipients.js';

export const verificationExpiredType = defineNotification({
  type: 'VERIFICATION_EXPIRED',
  description: 'What was confirmed of a tutor does not count any longer; for the tutor.',
  event: verificationExpired,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleVerification],
  recipients: async (_ask, { subject, data: { userId, kind } }) => [aboutVerification(subject, kind, userId)],
});
