import type { z } from 'zod';
import type { Ask } from '../../facts/ask.js';
import { type money, subjectOf, tutorOf } from '../../facts/lessons.js';
import { type Person, personOf } from '../../facts/people.js';
import { ivan, named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Who has agreed, and upon what. */
export interface RateParties {
  tutorId: string;
  studentId: string;
  subjectId: string;
}

/** The two people of a rate, each told of the other; null when one of them is gone. */
export async function partiesOf(
  ask: Ask,
  { tutorId, studentId, subjectId }: RateParties,
  rate: z.output<typeof money>,
): Promise<{ student: Recipient; tutor: Recipient } | null> {
  const [tutor, student, subject] = await Promise.all([
    tutorOf(ask, tutorId),
    personOf(ask, studentId),
    subjectOf(ask, subjectId),
  ]);
  if (!tutor || !student) return null;
  const toEach = ({ id: userId }: Person, other: Person): Recipient => {
    return {
      userId,
      values: { ...subject, ...rate, ...named('other', other) },
      target: { kind: 'TUTOR', id: tutorId },
    };
  };
  return { student: toEach(student, tutor), tutor: toEach(tutor, student) };
}

/** Values of an ordinary rate, for samples. */
export const sampleRate: Values = {
  ...named('other', ivan),
  'subject:en': 'Mathematics',
  'subject:ru': 'Математика',
  amountMinor: 180_000,
  currency: 'RUB',
};
