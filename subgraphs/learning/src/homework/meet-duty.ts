import type { EntityManager } from '@mikro-orm/postgresql';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { completeLesson } from '../progress/complete-lesson.js';
import { unmetTests } from '../tests/test-duty.js';
import type { Homework } from './homework.entity.js';
import { unmetHomework } from './homework-duty.js';

/** Homework was done: completes its lesson if it had to be, and nothing else is left to do there. */
export async function meetDuty(
  tx: EntityManager,
  { id }: Pick<Enrollment, 'id'>,
  { lessonId, isRequired }: Pick<Homework, 'lessonId' | 'isRequired'>,
  at: Date,
): Promise<void> {
  if (!isRequired) return;
  if ((await unmetHomework(tx, id, lessonId)) || (await unmetTests(tx, id, lessonId))) return;
  await completeLesson(tx, { id }, { id: lessonId }, at);
}
