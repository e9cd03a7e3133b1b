import { packageExpired } from '@tutorgraph/schema/events/payments';
import { tutorOf } from '../../facts/lessons.js';
import { packageOf } from '../../facts/payments.js';
import { ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const packageExpiredType = defineNotification({
  type: 'PACKAGE_EXPIRED',
  description: 'Lessons of a package were not taken in time; for its student.',
  event: packageExpired,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [named('other', ivan)],
  async recipients(ask, { subject, data: { studentId, tutorId } }) {
    const [lessons, tutor] = await Promise.all([packageOf(ask, subject), tutorOf(ask, tutorId)]);
    if (lessons?.status !== 'EXPIRED') return [];
    return [{ userId: studentId, values: named('other', tutor), target: { kind: 'PACKAGE', id: subject } }];
  },
});
