import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { handOut } from '../courses/outline-budget.js';
import type { LockReason } from '../progress/lesson-progress.rules.js';
import { lockFor, seenLesson } from './lesson.access.js';
import {
  type LessonOutline,
  lessonBodies,
  lessonsById,
  lessonsOfModule,
  missingLessons,
  prerequisitesOfLesson,
} from './lesson.repository.js';

/** Lessons as their readers see them. */
export class LessonService {
  /** A lesson, without what it says; null when there is none that the viewer may know of. */
  find(context: RequestContext, id: string): Promise<LessonOutline | null> {
    return seenLesson(context, id);
  }

  /** The lessons of a module that the viewer sees. */
  async ofModule(context: RequestContext, moduleId: string): Promise<LessonOutline[]> {
    return handOut(context, await context.loader(lessonsOfModule).load(moduleId));
  }

  /** What a lesson says; null while it is locked. */
  async body(context: RequestContext, lesson: LessonOutline): Promise<string | null> {
    if (await lockFor(context, lesson)) return null;
    return context.loader(lessonBodies).load(lesson.id);
  }

  /** Where the video is; null while the lesson is locked, and where there is none. */
  async videoUrl(context: RequestContext, lesson: LessonOutline): Promise<string | null> {
    return (await lockFor(context, lesson)) ? null : (lesson.videoUrl ?? null);
  }

  /** What keeps the viewer from reading; null when nothing does. */
  async lock(
    context: RequestContext,
    lesson: LessonOutline,
  ): Promise<{ reason: LockReason; requires: LessonOutline[] } | null> {
    const reason = await lockFor(context, lesson);
    if (!reason) return null;
    const missing = reason === 'PREREQUISITE' ? await context.loader(missingLessons).load(lesson.id) : [];
    return { reason, requires: await this.many(context, missing) };
  }

  /** The lessons that have to be completed before this one, whoever asks. */
  async prerequisites(context: RequestContext, { id }: LessonOutline): Promise<LessonOutline[]> {
    return this.many(context, await context.loader(prerequisitesOfLesson).load(id));
  }

  private async many(context: RequestContext, ids: readonly string[]): Promise<LessonOutline[]> {
    const lessons = await Promise.all(ids.map((id) => context.loader(lessonsById).load(id)));
    return handOut(
      context,
      lessons.filter((lesson) => lesson !== null),
    );
  }
}
