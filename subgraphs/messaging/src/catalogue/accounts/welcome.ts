import { userVerified } from '@tutorgraph/schema/events/accounts';
import { roleOf } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const welcomeType = defineNotification({
  type: 'WELCOME',
  description: 'Somebody proved their address and can begin; for them, once.',
  event: userVerified,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ context: 'STUDENT' }, { context: 'TUTOR' }],
  async recipients(ask, { subject }) {
    const role = await roleOf(ask, subject);
    // Staff are shown around by people.
    if (role !== 'STUDENT' && role !== 'TUTOR') return [];
    // An address may be changed and proven again.
    return [
      { userId: subject, values: { context: role }, target: { kind: 'ACCOUNT', id: subject }, sourceId: subject },
    ];
  },
});
