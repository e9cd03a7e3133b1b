import { bookingConfirmed } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toBoth } from './lesson-recipients.js';

export const bookingConfirmedType = defineNotification({
  type: 'BOOKING_CONFIRMED',
  description: 'A lesson is paid and takes place; for its student and tutor.',
  event: bookingConfirmed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleLesson],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    return lesson?.status === 'CONFIRMED' ? toBoth(lesson) : [];
  },
});
