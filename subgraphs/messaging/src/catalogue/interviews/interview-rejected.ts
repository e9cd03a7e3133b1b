import { interviewRejected } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toInterviewed } from './interview-recipients.js';

export const interviewRejectedType = defineNotification({
  type: 'INTERVIEW_REJECTED',
  description: 'Staff gives no interview and says why; for the tutor.',
  event: interviewRejected,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleInterview],
  async recipients(ask, { subject }) {
    const interview = await interviewOf(ask, subject);
    return interview?.status === 'REJECTED' ? [toInterviewed(interview)] : [];
  },
});
