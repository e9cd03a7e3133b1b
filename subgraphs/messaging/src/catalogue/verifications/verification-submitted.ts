import { verificationSubmitted } from '@tutorgraph/schema/events/marketplace';
import { personOf, staffWith } from '../../facts/people.js';
import { named } from '../names.js';
import { defineNotification } from '../notification-type.js';
import { aboutVerification, sampleVerification } from './verification-recipients.js';

export const verificationSubmittedType = defineNotification({
  type: 'VERIFICATION_SUBMITTED',
  description: 'A tutor wants to have something confirmed; for staff who decide on that.',
  event: verificationSubmitted,
  urgency: 'LOW',
  channels: ['IN_APP', 'EMAIL'],
  samples: [sampleVerification],
  async recipients(ask, { subject, data: { userId, kind } }) {
    const [tutor, staff] = await Promise.all([
      personOf(ask, userId),
      staffWith(ask, 'marketplace.verifications.manage'),
    ]);
    if (!tutor || tutor.isErased) return [];
    return staff.map((member) => aboutVerification(subject, kind, member, named('tutor', tutor)));
  },
});
