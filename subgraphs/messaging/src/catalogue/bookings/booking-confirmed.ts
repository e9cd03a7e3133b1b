import { bookingConfirmed } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, seriesSource, toBoth } from './lesson-recipients.js';

export const bookingConfirmedType = defineNotification({
  type: 'BOOKING_CONFIRMED',
  description: 'A lesson is paid and takes place; for its student and tutor.',
  event: bookingConfirmed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleLesson, { ...sampleLesson, context: 'SERIES' }],
  async recipients(ask, { subject, at }) {
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'CONFIRMED') return [];
    if (!lesson.seriesId) return toBoth(lesson);
    return toBoth(lesson, { context: 'SERIES' }).map((told) => ({ ...told, sourceId: seriesSource(lesson, at) }));
  },
});
