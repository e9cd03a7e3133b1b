import { interviewScheduled } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toInterviewed, toInterviewer } from './interview-recipients.js';

export const interviewScheduledType = defineNotification({
  type: 'INTERVIEW_SCHEDULED',
  description: 'An interview has a time; for the tutor and whoever of staff talks with them.',
  event: interviewScheduled,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { ...sampleInterview, context: 'TUTOR' },
    { ...sampleInterview, context: 'STAFF' },
  ],
  async recipients(ask, { subject }) {
    const interview = await interviewOf(ask, subject);
    return interview?.status === 'SCHEDULED' ? [toInterviewed(interview), ...toInterviewer(interview)] : [];
  },
});
