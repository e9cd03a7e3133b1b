import { bookingDisputed } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toBoth } from './lesson-recipients.js';

export const bookingDisputedType = defineNotification({
  type: 'BOOKING_DISPUTED',
  description: 'Two people say different things of a lesson and staff decides; for both.',
  event: bookingDisputed,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: [sampleLesson],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    return lesson?.status === 'DISPUTED' ? toBoth(lesson) : [];
  },
});
