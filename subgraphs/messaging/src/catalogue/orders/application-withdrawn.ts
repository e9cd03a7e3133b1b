import { applicationWithdrawn } from '@tutorgraph/schema/events/marketplace';
import { applicationOf } from '../../facts/market.js';
import { ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';
import { toOrderer } from './application-recipients.js';

export const applicationWithdrawnType = defineNotification({
  type: 'APPLICATION_WITHDRAWN',
  description: 'A tutor took an application back; for the student of the order.',
  event: applicationWithdrawn,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [{ ...named('other', ivan), amountMinor: 150_000, currency: 'RUB' }],
  async recipients(ask, { subject }) {
    const application = await applicationOf(ask, subject);
    return application?.status === 'WITHDRAWN' ? [toOrderer(application)] : [];
  },
});
