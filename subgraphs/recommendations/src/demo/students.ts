import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { personaOf } from '@tutorgraph/kit/demo/persona';
import { studentCount } from '@tutorgraph/kit/demo/population';
import type { Student } from '../market/market-source.js';

/** What accounts would say of the demo's students. */
export function demoStudents(options: { seed: number; tutors: number; orders: number }): Map<string, Student> {
  const count = studentCount(options);
  const generated = Array.from({ length: count }, (_, index) => personaOf(options.seed, 'user:student', index));
  return new Map(
    [...generated, FIXED_PEOPLE.STUDENT].map(({ id, locale, place }) => [
      id,
      { locale, timeZone: place.timeZone, isErased: false },
    ]),
  );
}
