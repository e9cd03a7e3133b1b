import { bookingConfirmed } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { staffWith } from '../../facts/people.js';
import { sampleLesson, seriesSource } from '../bookings/lesson-recipients.js';
import { anna, ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const bookingMadeType = defineNotification({
  type: 'BOOKING_MADE',
  description: 'There is a new lesson on the market; for staff who manage bookings.',
  event: bookingConfirmed,
  urgency: 'LOW',
  channels: ['IN_APP'],
  samples: [{ ...sampleLesson, ...named('student', anna), ...named('tutor', ivan) }],
  async recipients(ask, { subject, at }) {
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'CONFIRMED' || !lesson.startsAt) return [];
    const { student, tutor, startsAt } = lesson;
    const values = { ...lesson.subject, startsAt, ...named('student', student), ...named('tutor', tutor) };
    const staff = await staffWith(ask, 'marketplace.bookings.manage');
    const once = lesson.seriesId ? { sourceId: seriesSource(lesson, at) } : {};
    return staff.map((userId) => ({ userId, values, target: { kind: 'BOOKING', id: subject }, ...once }));
  },
});
