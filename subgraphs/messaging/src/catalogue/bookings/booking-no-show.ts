import { bookingNoShow } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toBoth, toStudent, toTutor } from './lesson-recipients.js';

const until = { disputeEndsAt: '2026-11-26T15:00:00.000Z' };

export const bookingNoShowType = defineNotification({
  type: 'BOOKING_NO_SHOW',
  description: 'Somebody was reported absent from a lesson, or staff has decided on that; for its student and tutor.',
  event: bookingNoShow,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [
    { ...sampleLesson, ...until, context: 'ABSENT' },
    { ...sampleLesson, ...until, context: 'PRESENT' },
    { ...sampleLesson, context: 'DECIDED', refundPercent: 100 },
  ],
  async recipients(ask, { subject, data: { absent, refundPercent, disputableUntil } }) {
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'NO_SHOW') return [];
    if (!disputableUntil) return toBoth(lesson, { context: 'DECIDED', refundPercent });
    const values = { disputeEndsAt: disputableUntil };
    return [
      toStudent(lesson, { ...values, context: absent === 'STUDENT' ? 'ABSENT' : 'PRESENT' }),
      toTutor(lesson, { ...values, context: absent === 'TUTOR' ? 'ABSENT' : 'PRESENT' }),
    ];
  },
});
