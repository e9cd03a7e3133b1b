import { bookingExpired } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { hasBeenTold } from '../../notifications/told.repository.js';
import { defineNotification } from '../notification-type.js';
import { BOOKING_PAYMENT_AWAITED } from './booking-payment-awaited.js';
import { sampleLesson, toStudent } from './lesson-recipients.js';

export const bookingExpiredType = defineNotification({
  type: 'BOOKING_EXPIRED',
  description: 'A lesson was not paid in time and gave its time free; for its student.',
  event: bookingExpired,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleLesson],
  async recipients(ask, { subject, data }) {
    // A time that was only held is given back without a word.
    if (data.status !== 'EXPIRED') return [];
    if (!(await hasBeenTold(ask.em, data.studentId, BOOKING_PAYMENT_AWAITED, subject))) return [];
    const lesson = await lessonOf(ask, subject);
    return lesson ? [toStudent(lesson)] : [];
  },
});
