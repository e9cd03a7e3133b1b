import { verificationRejected } from '@tutorgraph/schema/events/marketplace';
import { defineNotification } from '../notification-type.js';
import { aboutVerification, sampleVerification } from './verification-recipients.js';

export const verificationRejectedType = defineNotification({
  type: 'VERIFICATION_REJECTED',
  description: 'Staff did not confirm something of a tutor, and said why; for the tutor.',
  event: verificationRejected,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleVerification],
  recipients: async (_ask, { subject, data: { userId, kind } }) => [aboutVerification(subject, kind, userId)],
});
