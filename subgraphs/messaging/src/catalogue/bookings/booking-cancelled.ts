import { bookingCancelled } from '@tutorgraph/schema/events/marketplace';
import { cancelledWith, type Lesson, lessonOf } from '../../facts/lessons.js';
import { defineNotification, type Recipient } from '../notification-type.js';
import { sampleLesson, toStudent, toTutor } from './lesson-recipients.js';

export const bookingCancelledType = defineNotification({
  type: 'BOOKING_CANCELLED',
  description: 'A lesson does not take place; for whoever of its two people did not cancel it.',
  event: bookingCancelled,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [
    { ...sampleLesson, context: 'BY_STUDENT' },
    { ...sampleLesson, context: 'BY_TUTOR' },
    { ...sampleLesson, context: 'BY_TUTOR_REFUND', refundPercent: 100 },
    { ...sampleLesson, context: 'BY_PLATFORM' },
    { ...sampleLesson, context: 'BY_PLATFORM_REFUND', refundPercent: 100 },
    { ...sampleLesson, context: 'SERIES' },
  ],
  async recipients(ask, { subject, data }) {
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'CANCELLED') return [];
    const told = othersThan(data, lesson);
    if ((await cancelledWith(ask, lesson)).length === 0) return told;
    // One word for all of them, whichever is heard of first.
    const sourceId = `${lesson.seriesId}:${lesson.cancellation?.at}`;
    return told.map((recipient) => ({ ...recipient, sourceId, values: { ...recipient.values, context: 'SERIES' } }));
  },
});

function othersThan(
  { cancelledBy, refundPercent }: { cancelledBy: string; refundPercent: number },
  lesson: Lesson,
): Recipient[] {
  if (cancelledBy === 'STUDENT') return [toTutor(lesson, { context: 'BY_STUDENT' })];
  const by = cancelledBy === 'TUTOR' ? 'BY_TUTOR' : 'BY_PLATFORM';
  const student = toStudent(lesson, refundPercent > 0 ? { context: `${by}_REFUND`, refundPercent } : { context: by });
  return cancelledBy === 'TUTOR' ? [student] : [student, toTutor(lesson, { context: by })];
}
