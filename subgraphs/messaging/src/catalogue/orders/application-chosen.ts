import { applicationChosen } from '@tutorgraph/schema/events/marketplace';
import { applicationOf } from '../../facts/market.js';
import { personOf } from '../../facts/people.js';
import { anna, named } from '../names.js';
import { defineNotification } from '../notification-type.js';
import { toApplicant } from './application-recipients.js';

export const applicationChosenType = defineNotification({
  type: 'APPLICATION_CHOSEN',
  description: 'A student chose a tutor who applied; for the tutor.',
  event: applicationChosen,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [named('other', anna)],
  async recipients(ask, { subject }) {
    const application = await applicationOf(ask, subject);
    if (application?.status !== 'CHOSEN') return [];
    const student = await personOf(ask, application.studentId);
    return [toApplicant(application, named('other', student))];
  },
});
