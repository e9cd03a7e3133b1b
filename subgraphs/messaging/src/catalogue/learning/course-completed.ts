import { enrollmentCompleted } from '@tutorgraph/schema/events/learning';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const courseCompletedType = defineNotification({
  type: 'COURSE_COMPLETED',
  description: 'Somebody has completed a course; for the student.',
  event: enrollmentCompleted,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleCourse],
  async recipients(ask, { data }) {
    return toStudent(ask, data, { kind: 'COURSE', id: data.courseId });
  },
});
