import { exchangeFinished } from '@tutorgraph/schema/events/learning';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

export const exchangeFailedType = defineNotification({
  type: 'EXCHANGE_FAILED',
  description: 'Students could not be fetched from GetCourse; for staff who manage that.',
  event: exchangeFinished,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{}],
  async recipients(ask, { data: { succeeded } }) {
    const staff = succeeded ? [] : await staffWith(ask, 'learning.imports.manage');
    return staff.map((userId) => ({ userId, values: {}, target: null }));
  },
});
