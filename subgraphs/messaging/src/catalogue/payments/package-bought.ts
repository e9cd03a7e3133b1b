import { packageBought } from '@tutorgraph/schema/events/payments';
import { subjectOf, tutorOf } from '../../facts/lessons.js';
import { packageOf } from '../../facts/payments.js';
import { personOf } from '../../facts/people.js';
import { anna, named } from '../names.js';
import { defineNotification, type Recipient } from '../notification-type.js';

const sample = {
  ...named('other', anna),
  'subject:en': 'Mathematics',
  'subject:ru': 'Математика',
  validUntilAt: '2027-02-24T15:00:00.000Z',
};

export const packageBoughtType = defineNotification({
  type: 'PACKAGE_BOUGHT',
  description: 'A package of lessons is paid; for its student and tutor.',
  event: packageBought,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: ['STUDENT', 'TUTOR'].flatMap((context) => [5, 22].map((count) => ({ ...sample, context, count }))),
  async recipients(ask, { subject, data }) {
    const lessons = await packageOf(ask, subject);
    if (lessons?.status !== 'ACTIVE' || !lessons.validUntil) return [];
    const [student, tutor, words] = await Promise.all([
      personOf(ask, data.studentId),
      tutorOf(ask, data.tutorId),
      subjectOf(ask, lessons.subject.id),
    ]);
    if (!student || !tutor) return [];
    const values = { ...words, count: lessons.lessons, validUntilAt: lessons.validUntil };
    const target = { kind: 'PACKAGE', id: subject } as const;
    const told: Recipient[] = [
      { userId: student.id, values: { ...values, ...named('other', tutor), context: 'STUDENT' }, target },
      // Tutors see the lessons that are booked from it, not the package.
      { userId: tutor.id, values: { ...values, ...named('other', student), context: 'TUTOR' }, target: null },
    ];
    return told;
  },
});
