import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { z } from 'zod';
import {
  enrollmentCompleted,
  enrollmentDropped,
  enrollmentMoved,
  enrollmentResumed,
  enrollmentStarted,
  lessonCompleted,
  lessonStarted,
} from '../events.js';

/** What may happen to somebody's progress. */
export const progressChanges = [
  'ENROLLED',
  'LESSON_STARTED',
  'LESSON_COMPLETED',
  'COURSE_COMPLETED',
  'DROPPED',
  'RESUMED',
  'MOVED',
] as const;
/** @see progressChanges */
export type ProgressChange = (typeof progressChanges)[number];

const changeByType: ReadonlyMap<string, ProgressChange> = new Map([
  [enrollmentStarted.type, 'ENROLLED'],
  [lessonStarted.type, 'LESSON_STARTED'],
  [lessonCompleted.type, 'LESSON_COMPLETED'],
  [enrollmentCompleted.type, 'COURSE_COMPLETED'],
  [enrollmentDropped.type, 'DROPPED'],
  [enrollmentResumed.type, 'RESUMED'],
  [enrollmentMoved.type, 'MOVED'],
]);

/** Types of the events that whoever watches progress hears. */
export const progressEvents: readonly string[] = [...changeByType.keys()];

const about = z.object({ studentId: z.string(), courseId: z.string() });

/** What happened to whose progress; null when an event is about nobody's. */
export function progressOf(
  event: DomainEvent | null,
): ({ kind: ProgressChange; lessonId: string | null } & z.output<typeof about>) | null {
  const kind = event && changeByType.get(event.type);
  if (!kind) return null;
  const lessonId = kind === 'LESSON_STARTED' || kind === 'LESSON_COMPLETED' ? event.subject : null;
  return { kind, lessonId, ...about.parse(event.data) };
}
