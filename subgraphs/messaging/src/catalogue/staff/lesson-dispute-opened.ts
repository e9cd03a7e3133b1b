import { bookingDisputed } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { staffWith } from '../../facts/people.js';
import { sampleLesson } from '../bookings/lesson-recipients.js';
import { anna, ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const lessonDisputeOpenedType = defineNotification({
  type: 'LESSON_DISPUTE_OPENED',
  description: 'Two people say different things of a lesson; for staff who decide on that.',
  event: bookingDisputed,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  samples: [{ ...sampleLesson, ...named('student', anna), ...named('tutor', ivan) }],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    if (lesson?.status !== 'DISPUTED' || !lesson.startsAt) return [];
    const { student, tutor, startsAt } = lesson;
    const values = { ...lesson.subject, startsAt, ...named('student', student), ...named('tutor', tutor) };
    const staff = await staffWith(ask, 'marketplace.bookings.manage');
    return staff.map((userId) => ({ userId, values, target: { kind: 'BOOKING', id: subject } }));
  },
});
