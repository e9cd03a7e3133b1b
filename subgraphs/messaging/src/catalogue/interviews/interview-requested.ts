import { interviewRequested } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toSomebody } from './interview-recipients.js';

export const interviewRequestedType = defineNotification({
  type: 'INTERVIEW_REQUESTED',
  description: 'A tutor asks for an interview; for staff who keep interviews.',
  event: interviewRequested,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleInterview],
  async recipients(ask, { subject }) {
    const interview = await interviewOf(ask, subject);
    if (interview?.status !== 'PENDING') return [];
    const staff = await staffWith(ask, 'marketplace.interviews.manage');
    return staff.map((userId) => toSomebody(interview, userId, {}));
  },
});
