import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import { auditAuthoring } from '../courses/authoring-audit.js';
import { CourseModule } from '../courses/course.entity.js';
import { lockDraftOfLesson, lockDraftOfModule } from '../courses/draft-lock.js';
import { closePlace, lengthOf, movePlace, openPlace } from '../courses/ordering.js';
import type { LearningErrorCode } from '../errors.js';
import { Lesson } from './lesson.entity.js';
import { lessonChange, lessonMove, lessonReference, MOST_LESSONS, newLesson } from './lesson.rules.js';

const REFUSALS = { lessons_video_check: ['VIDEO_MISMATCH', 'videoUrl'] } as const;

/** The lessons of a draft. */
export class LessonAuthoringService {
  /** A new lesson, at the end unless said otherwise. @throws Refusal NOT_FOUND, VERSION_PUBLISHED, TOO_MANY_LESSONS, VIDEO_MISMATCH */
  add(context: RequestContext, input: unknown): Promise<Lesson> {
    const { moduleId, position, ...content } = accept(newLesson, input, context.locale);
    return refusing(REFUSALS, () =>
      transaction(context.em, async (tx) => {
        const module = await lockDraftOfModule(tx, moduleId);
        const place = await takePlace(tx, module.id, position);
        const lesson = tx.create(Lesson, {
          ...{ id: newId(), versionId: module.versionId, moduleId: module.id, lineageId: newId(), position: place },
          ...content,
          videoUrl: content.videoUrl ?? null,
          isPreview: content.isPreview ?? false,
          isOptional: content.isOptional ?? false,
        });
        auditAuthoring(tx, context, 'learning.lesson.add', lesson.id);
        return lesson;
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, VERSION_PUBLISHED, VIDEO_MISMATCH */
  update(context: RequestContext, input: unknown): Promise<Lesson> {
    const { lessonId, videoUrl, ...change } = accept(lessonChange, input, context.locale);
    return refusing(REFUSALS, () =>
      transaction(context.em, async (tx) => {
        const lesson = await lockDraftOfLesson(tx, lessonId);
        for (const [name, value] of Object.entries(change)) {
          if (value !== null && value !== undefined) Object.assign(lesson, { [name]: value });
        }
        // What is no video any more has none.
        if (videoUrl !== undefined) lesson.videoUrl = videoUrl;
        else if (lesson.kind !== 'VIDEO') lesson.videoUrl = null;
        auditAuthoring(tx, context, 'learning.lesson.update', lesson.id, { ...change, videoUrl });
        return lesson;
      }),
    );
  }

  /** To a place in its module, or in another one of the draft. @throws Refusal NOT_FOUND, VERSION_PUBLISHED, TOO_MANY_LESSONS */
  move(context: RequestContext, input: unknown): Promise<Lesson> {
    const { lessonId, moduleId, position } = accept(lessonMove, input, context.locale);
    return transaction(context.em, async (tx) => {
      const lesson = await lockDraftOfLesson(tx, lessonId);
      if (moduleId && moduleId !== lesson.moduleId) await this.moveOver(tx, lesson, moduleId, position);
      else {
        const list = { lessonsOf: lesson.moduleId };
        await movePlace(tx, list, lesson.position, Math.min(position, await lengthOf(tx, list)));
      }
      await tx.refresh(lesson);
      auditAuthoring(tx, context, 'learning.lesson.move', lesson.id, { module: moduleId ?? undefined, position });
      return lesson;
    });
  }

  /** Takes a lesson out of its draft; nothing waits for it any more. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
  remove(context: RequestContext, input: unknown): Promise<CourseModule> {
    const { lessonId } = accept(lessonReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { id, moduleId, position } = await lockDraftOfLesson(tx, lessonId);
      await tx.nativeDelete(Lesson, { id });
      await closePlace(tx, { lessonsOf: moduleId }, position);
      auditAuthoring(tx, context, 'learning.lesson.remove', id);
      return tx.findOneOrFail(CourseModule, { id: moduleId });
    });
  }

  private async moveOver(tx: EntityManager, lesson: Lesson, moduleId: string, position: number): Promise<void> {
    const field = ['input', 'moduleId'];
    const module = await lockDraftOfModule(tx, moduleId, field);
    if (module.versionId !== lesson.versionId) throw new Refusal<LearningErrorCode>('OTHER_VERSION', field);
    const place = await takePlace(tx, module.id, position);
    await tx.nativeUpdate(Lesson, { id: lesson.id }, { moduleId: module.id, position: place });
    await closePlace(tx, { lessonsOf: lesson.moduleId }, lesson.position);
  }
}

/** Makes room in a module. @returns the place, which is the end when there are fewer lessons */
async function takePlace(tx: EntityManager, moduleId: string, position: number | null | undefined): Promise<number> {
  const list = { lessonsOf: moduleId };
  const end = (await lengthOf(tx, list)) + 1;
  if (end > MOST_LESSONS) throw new Refusal<LearningErrorCode>('TOO_MANY_LESSONS', ['input', 'moduleId']);
  const place = Math.min(position ?? end, end);
  await openPlace(tx, list, place);
  return place;
}
