import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { seenVersion } from '../courses/course.access.js';
import { lessonAccess } from '../enrollments/enrollment-access.js';
import type { LockReason } from '../progress/lesson-progress.rules.js';
import { type LessonOutline, lessonsById } from './lesson.repository.js';

/** A lesson by id, without what it says; null when there is none that the viewer may know of. */
export async function seenLesson(context: RequestContext, id: string): Promise<LessonOutline | null> {
  const lesson = await context.loader(lessonsById).load(id);
  return lesson && (await seenVersion(context, lesson.versionId)) ? lesson : null;
}

/** Why the viewer may not read a lesson that they may know of; null when they may. */
export async function lockFor(context: RequestContext, { id }: LessonOutline): Promise<LockReason | null> {
  if (context.isService) return null;
  const { mayRead, lock } = await context.loader(lessonAccess).load(id);
  return mayRead ? null : (lock ?? 'NOT_ENROLLED');
}
