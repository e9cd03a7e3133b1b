import { packageRefused } from '@tutorgraph/schema/events/payments';
import { lessonOf } from '../../facts/lessons.js';
import { sampleLesson, toStudent } from '../bookings/lesson-recipients.js';
import { defineNotification } from '../notification-type.js';

export const packageRefusedType = defineNotification({
  type: 'PACKAGE_REFUSED',
  description: 'A lesson cannot be paid from its package and has to be paid otherwise; for its student.',
  event: packageRefused,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [{ ...sampleLesson, expiresAt: '2026-11-23T18:30:00.000Z' }],
  async recipients(ask, { data: { bookingId } }) {
    const lesson = await lessonOf(ask, bookingId);
    if (lesson?.status !== 'PENDING_PAYMENT' || !lesson.expiresAt) return [];
    const told = toStudent(lesson, { expiresAt: lesson.expiresAt });
    return [{ ...told, expiresAt: new Date(lesson.expiresAt) }];
  },
});
