import { homeworkReturned } from '@tutorgraph/schema/events/learning';
import { submittedHomework } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const homeworkReturnedType = defineNotification({
  type: 'HOMEWORK_RETURNED',
  description: 'A curator wants homework to be done better; for the student.',
  event: homeworkReturned,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [{ ...sampleCourse, homework: 'A letter to a friend' }],
  async recipients(ask, { subject, data }) {
    const homework = await submittedHomework(ask, subject);
    if (homework === null) return [];
    return toStudent(ask, data, { kind: 'HOMEWORK_SUBMISSION', id: subject }, { homework });
  },
});
