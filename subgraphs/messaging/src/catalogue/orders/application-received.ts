import { applicationSubmitted } from '@tutorgraph/schema/events/marketplace';
import { applicationOf } from '../../facts/market.js';
import { ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';
import { toOrderer } from './application-recipients.js';

export const applicationReceivedType = defineNotification({
  type: 'APPLICATION_RECEIVED',
  description: 'A tutor applied to an order; for its student.',
  event: applicationSubmitted,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [{ ...named('other', ivan), amountMinor: 150_000, currency: 'RUB' }],
  async recipients(ask, { subject }) {
    const application = await applicationOf(ask, subject);
    return application?.status === 'PENDING' ? [toOrderer(application)] : [];
  },
});
