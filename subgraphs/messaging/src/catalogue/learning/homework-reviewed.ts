import { homeworkReviewed } from '@tutorgraph/schema/events/learning';
import { submittedHomework } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const homeworkReviewedType = defineNotification({
  type: 'HOMEWORK_REVIEWED',
  description: 'A curator has reviewed homework; for the student.',
  event: homeworkReviewed,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [{ ...sampleCourse, homework: 'A letter to a friend' }],
  async recipients(ask, { subject, data }) {
    const homework = await submittedHomework(ask, subject);
    if (homework === null) return [];
    return toStudent(ask, data, { kind: 'HOMEWORK_SUBMISSION', id: subject }, { homework });
  },
});
