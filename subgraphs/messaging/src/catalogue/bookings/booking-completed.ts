import { bookingCompleted } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toStudent } from './lesson-recipients.js';

export const bookingCompletedType = defineNotification({
  type: 'BOOKING_COMPLETED',
  description: 'A lesson has taken place and can be reviewed; for its student.',
  event: bookingCompleted,
  urgency: 'LOW',
  channels: ['IN_APP', 'PUSH'],
  samples: [sampleLesson],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    return lesson?.status === 'COMPLETED' ? [toStudent(lesson)] : [];
  },
});
