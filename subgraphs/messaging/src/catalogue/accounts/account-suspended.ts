import { userSuspended } from '@tutorgraph/schema/events/accounts';
import { personOf } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const accountSuspendedType = defineNotification({
  type: 'ACCOUNT_SUSPENDED',
  description: 'An account may not be used for now; for its owner.',
  event: userSuspended,
  urgency: 'CRITICAL',
  channels: ['IN_APP', 'EMAIL'],
  reachesSuspended: true,
  samples: [{}],
  async recipients(ask, { subject }) {
    const person = await personOf(ask, subject);
    return person?.isSuspended ? [{ userId: subject, values: {}, target: { kind: 'ACCOUNT', id: subject } }] : [];
  },
});
