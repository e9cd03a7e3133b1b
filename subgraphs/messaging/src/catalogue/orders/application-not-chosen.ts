import { applicationNotChosen } from '@tutorgraph/schema/events/marketplace';
import { applicationOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { toApplicant } from './application-recipients.js';

export const applicationNotChosenType = defineNotification({
  type: 'APPLICATION_NOT_CHOSEN',
  description: 'An order was closed while an application waited; for its tutor.',
  event: applicationNotChosen,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [{}],
  async recipients(ask, { subject }) {
    const application = await applicationOf(ask, subject);
    return application?.status === 'NOT_CHOSEN' ? [toApplicant(application)] : [];
  },
});
