import { lessonCompleted } from '@tutorgraph/schema/events/learning';
import { lessonTitle } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleLearner, toCurators } from './school-recipients.js';

export const lessonCompletedType = defineNotification({
  type: 'LESSON_COMPLETED',
  description: 'Somebody has completed a lesson; for their curator, if they have one.',
  event: lessonCompleted,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [{ ...sampleLearner, lesson: 'At the station' }],
  async recipients(ask, { subject, data }) {
    const lesson = data.cohortId === null ? null : await lessonTitle(ask, subject);
    return lesson === null ? [] : toCurators(ask, data, { kind: 'STUDENT', id: data.studentId }, { lesson });
  },
});
