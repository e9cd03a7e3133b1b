import { interviewRescheduled } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toInterviewed, toInterviewer } from './interview-recipients.js';

export const interviewRescheduledType = defineNotification({
  type: 'INTERVIEW_RESCHEDULED',
  description: 'An interview has another time or interviewer; for the tutor and whoever of staff talks with them.',
  event: interviewRescheduled,
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
