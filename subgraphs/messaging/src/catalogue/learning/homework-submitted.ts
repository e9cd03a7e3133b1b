import { homeworkSubmitted } from '@tutorgraph/schema/events/learning';
import { submittedHomework } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleLearner, toCurators } from './school-recipients.js';

export const homeworkSubmittedType = defineNotification({
  type: 'HOMEWORK_SUBMITTED',
  description: 'Somebody has handed in homework; for their curator, or who sees all students where there is none.',
  event: homeworkSubmitted,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [{ ...sampleLearner, homework: 'A letter to a friend' }],
  async recipients(ask, { subject, data }) {
    const homework = await submittedHomework(ask, subject);
    if (homework === null) return [];
    return toCurators(ask, data, { kind: 'HOMEWORK_SUBMISSION', id: subject }, { homework });
  },
});
