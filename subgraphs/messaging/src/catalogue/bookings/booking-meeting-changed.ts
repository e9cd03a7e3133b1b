import { bookingMeetingChanged } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { hasBeenTold } from '../../notifications/told.repository.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toBoth } from './lesson-recipients.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export const bookingMeetingChangedType = defineNotification({
  type: 'BOOKING_MEETING_CHANGED',
  description: 'The video room of a lesson within a day has changed since the reminder; for its student and tutor.',
  event: bookingMeetingChanged,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'PUSH'],
  samples: [sampleLesson],
  async recipients(ask, { subject, data }) {
    // Whoever was not reminded yet finds the room where the reminder leads.
    if (!(await hasBeenTold(ask.em, data.studentId, 'BOOKING_REMINDER_DAY', subject))) return [];
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'CONFIRMED' || !lesson.startsAt) return [];
    const startsAt = new Date(lesson.startsAt);
    const left = startsAt.getTime() - Date.now();
    return left > 0 && left < DAY_MS ? toBoth(lesson).map((told) => ({ ...told, expiresAt: startsAt })) : [];
  },
});
