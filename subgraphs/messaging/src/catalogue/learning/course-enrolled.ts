import { enrollmentStarted } from '@tutorgraph/schema/events/learning';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const courseEnrolledType = defineNotification({
  type: 'COURSE_ENROLLED',
  description: 'Somebody can begin a course; for the student.',
  event: enrollmentStarted,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [sampleCourse],
  async recipients(ask, { data }) {
    return toStudent(ask, data, { kind: 'COURSE', id: data.courseId });
  },
});
