import { bookingReminderDue } from '@tutorgraph/schema/events/marketplace';
import type { Ask } from '../../facts/ask.js';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification, type Recipient } from '../notification-type.js';
import { sampleLesson, toBoth } from './lesson-recipients.js';

export const bookingReminderDayType = defineNotification({
  type: 'BOOKING_REMINDER_DAY',
  description: 'A lesson takes place within a day; for its student and tutor.',
  event: bookingReminderDue,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleLesson],
  recipients: (ask, { subject, data }) => remind(ask, subject, data.hoursBefore > 1),
});

export const bookingReminderHourType = defineNotification({
  type: 'BOOKING_REMINDER_HOUR',
  description: 'A lesson begins within an hour; for its student and tutor.',
  event: bookingReminderDue,
  urgency: 'HIGH',
  channels: ['IN_APP', 'PUSH', 'TELEGRAM'],
  samples: [sampleLesson],
  recipients: (ask, { subject, data }) => remind(ask, subject, data.hoursBefore <= 1),
});

/** Nobody is reminded of a lesson that has begun, or does not take place. */
async function remind(ask: Ask, bookingId: string, isMeant: boolean): Promise<Recipient[]> {
  const lesson = isMeant ? await lessonOf(ask, bookingId) : null;
  if (lesson?.status !== 'CONFIRMED' || !lesson.startsAt) return [];
  const startsAt = new Date(lesson.startsAt);
  return startsAt > new Date() ? toBoth(lesson).map((told) => ({ ...told, expiresAt: startsAt })) : [];
}
