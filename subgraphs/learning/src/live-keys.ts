import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';

const text = z.string().nullish();
const related = z.object({ studentId: text, userId: text, courseId: text, cohortId: text });

/**
 * Keys by which a live subscription finds an event: what it is about, and the student, account, course and cohort that it
 * concerns; `school` finds all.
 */
export function liveKeys(event: DomainEvent): readonly string[] {
  const noun = event.type.split('.')[2] ?? '';
  const { studentId, userId, courseId, cohortId } = related.safeParse(event.data).data ?? {};
  return [
    `${noun}:${event.subject}`,
    ...(studentId ? [`student:${studentId}`] : []),
    ...(userId ? [`user:${userId}`] : []),
    ...(courseId ? [`course:${courseId}`] : []),
    ...(cohortId ? [`cohort:${cohortId}`] : []),
    'school',
  ];
}
