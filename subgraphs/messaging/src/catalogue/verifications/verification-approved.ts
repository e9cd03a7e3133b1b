import { verificationApproved } from '@tutorgraph/schema/events/marketplace';
import { defineNotification } from '../notification-type.js';
import { aboutVerification, sampleVerification } from './verification-recipients.js';

export const verificationApprovedType = defineNotification({
  type: 'VERIFICATION_APPROVED',
  description: 'Staff confirmed something of a tutor; for the tutor.',
  event: verificationApproved,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleVerification],
  recipients: async (_ask, { subject, data: { userId, kind } }) => [aboutVerification(subject, kind, userId)],
});
