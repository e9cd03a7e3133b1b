import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { auditAuthoring } from '../courses/authoring-audit.js';
import { lockDraftOfLesson } from '../courses/draft-lock.js';
import type { LearningErrorCode } from '../errors.js';
import { Lesson, LessonPrerequisite } from './lesson.entity.js';
import { prerequisitesChange } from './lesson.rules.js';
import { prerequisitesOfVersion } from './prerequisite.repository.js';
import { findCycle } from './prerequisite.rules.js';

const FIELD = ['input', 'requiredIds'];

/** What has to be completed before what, in a draft. */
export class PrerequisiteService {
  /**
   * Replaces what a lesson waits for. The draft is locked, so that two authors cannot close a circle together.
   *
   * @throws Refusal NOT_FOUND, VERSION_PUBLISHED, OTHER_VERSION, PREREQUISITE_CYCLE
   */
  set(context: RequestContext, input: unknown): Promise<Lesson> {
    const { lessonId, requiredIds } = accept(prerequisitesChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const lesson = await lockDraftOfLesson(tx, lessonId);
      const { id, versionId } = lesson;
      const required = await tx.find(Lesson, { id: { $in: requiredIds.filter(isId) } }, { fields: ['versionId'] });
      if (required.length < requiredIds.length) throw new Refusal<LearningErrorCode>('NOT_FOUND', FIELD);
      if (required.some((one) => one.versionId !== versionId)) {
        throw new Refusal<LearningErrorCode>('OTHER_VERSION', FIELD);
      }
      const wanted = required.map((one) => ({ lessonId: id, requiredId: one.id }));
      const others = (await prerequisitesOfVersion(tx, versionId)).filter((one) => one.lessonId !== id);
      if (findCycle([...others, ...wanted]).length > 0) throw cycle(lesson);
      await tx.nativeDelete(LessonPrerequisite, { lessonId: id });
      if (wanted.length > 0) await tx.insertMany(LessonPrerequisite, wanted);
      auditAuthoring(tx, context, 'learning.lesson.set-prerequisites', id);
      return lesson;
    });
  }
}

function cycle({ id, title }: Lesson): Refusal<LearningErrorCode> {
  const details = { aboutId: id };
  return new Refusal<LearningErrorCode>([{ code: 'PREREQUISITE_CYCLE', field: FIELD, values: { title }, details }]);
}
