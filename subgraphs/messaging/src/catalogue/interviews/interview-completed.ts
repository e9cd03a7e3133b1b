import { interviewCompleted } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toInterviewed } from './interview-recipients.js';

export const interviewCompletedType = defineNotification({
  type: 'INTERVIEW_COMPLETED',
  description: 'What came of an interview; for the tutor.',
  event: interviewCompleted,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { ...sampleInterview, context: 'PASSED' },
    { ...sampleInterview, context: 'FAILED' },
  ],
  async recipients(ask, { subject, data: { verdict } }) {
    const interview = await interviewOf(ask, subject);
    return interview?.status === 'COMPLETED' ? [toInterviewed(interview, { context: verdict })] : [];
  },
});
