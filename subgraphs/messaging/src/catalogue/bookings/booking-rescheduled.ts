import { bookingRescheduled } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toBoth } from './lesson-recipients.js';

const TAKES_PLACE = new Set(['CONFIRMED', 'PENDING_PAYMENT']);

export const bookingRescheduledType = defineNotification({
  type: 'BOOKING_RESCHEDULED',
  description: 'A lesson has another time; for its student and tutor.',
  event: bookingRescheduled,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [sampleLesson],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    return lesson && TAKES_PLACE.has(lesson.status) ? toBoth(lesson) : [];
  },
});
