import { interviewCancelled } from '@tutorgraph/schema/events/marketplace';
import { interviewOf } from '../../facts/market.js';
import { defineNotification } from '../notification-type.js';
import { sampleInterview, toInterviewed, toInterviewer } from './interview-recipients.js';

export const interviewCancelledType = defineNotification({
  type: 'INTERVIEW_CANCELLED',
  description: 'An interview does not take place; for the side that did not cancel it.',
  event: interviewCancelled,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { ...sampleInterview, context: 'TUTOR' },
    { ...sampleInterview, context: 'STAFF' },
  ],
  async recipients(ask, { subject, data: { cancelledBy } }) {
    const interview = await interviewOf(ask, subject);
    if (interview?.status !== 'CANCELLED') return [];
    return cancelledBy === 'STAFF' ? [toInterviewed(interview)] : toInterviewer(interview);
  },
});
