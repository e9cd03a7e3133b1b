import { applicationDeclined } from '@tutorgraph/schema/events/marketplace';
import { applicationOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { toApplicant } from './application-recipients.js';

export const applicationDeclinedType = defineNotification({
  type: 'APPLICATION_DECLINED',
  description: 'A student declined an application; for its tutor.',
  event: applicationDeclined,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH'],
  samples: [{}],
  async recipients(ask, { subject }) {
    const application = await applicationOf(ask, subject);
    return application?.status === 'DECLINED' ? [toApplicant(application)] : [];
  },
});
