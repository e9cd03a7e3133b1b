import { bookingRefundDue } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toStudent } from './lesson-recipients.js';

export const bookingRefundDueType = defineNotification({
  type: 'BOOKING_REFUND_DUE',
  description: 'Money came too late for a lesson and goes back whole; for its student.',
  event: bookingRefundDue,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleLesson],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    return lesson ? [toStudent(lesson)] : [];
  },
});
