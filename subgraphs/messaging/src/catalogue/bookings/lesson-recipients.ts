import type { Lesson } from '../../facts/lessons.js';
import { anna, named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Both people of a lesson; each is told of the other. */
export function toBoth(lesson: Lesson, values: Values = {}): Recipient[] {
  return [toStudent(lesson, values), toTutor(lesson, values)];
}

/** The student of a lesson. Texts that differ are those with the context `STUDENT`. */
export function toStudent(lesson: Lesson, values: Values = {}): Recipient {
  return recipient(lesson, lesson.student.id, {
    ...named('other', lesson.tutor),
    context: 'STUDENT',
    ...values,
  });
}

/** The tutor of a lesson. Texts that differ are those with the context `TUTOR`. */
export function toTutor(lesson: Lesson, values: Values = {}): Recipient {
  return recipient(lesson, lesson.tutor.id, {
    ...named('other', lesson.student),
    context: 'TUTOR',
    ...values,
  });
}

function recipient({ id, startsAt, subject }: Lesson, userId: string, values: Values): Recipient {
  const told = { ...subject, ...(startsAt ? { startsAt } : { startsAtKey: 'notification.unscheduled' }), ...values };
  return { userId, values: told, target: { kind: 'BOOKING', id } };
}

/** Makes what happens to several lessons of a series on one day one notification. */
export function seriesSource({ id, seriesId }: Lesson, at: Date): string {
  return `${seriesId ?? id}:${at.toISOString().slice(0, 10)}`;
}

/** Values of an ordinary lesson, for samples. */
export const sampleLesson: Values = {
  ...named('other', anna),
  'subject:en': 'Mathematics',
  'subject:ru': 'Математика',
  startsAt: '2026-11-24T15:00:00.000Z',
};
