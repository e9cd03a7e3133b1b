import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { refusing } from '../constraints.js';
import { CourseVersion } from '../courses/course.entity.js';
import { lockDraftOfLesson } from '../courses/draft-lock.js';
import type { LearningErrorCode } from '../errors.js';
import type { Lesson } from '../lessons/lesson.entity.js';
import { Test } from './test.entity.js';
import { findTest } from './test.repository.js';
import { newTest, testChange } from './test.rules.js';
import { replaceItems } from './test-items.js';

/** Tests as authors define them, in drafts only. */
export class TestAuthoringService {
  /** @throws Refusal NOT_FOUND, VERSION_PUBLISHED, NOT_A_QUIZ, TEST_EXISTS, TOO_FEW_QUESTIONS */
  async define(context: RequestContext, input: unknown): Promise<Test> {
    const { lessonId, items, ...settings } = accept(newTest, input, context.locale);
    const now = new Date();
    const id = newId();
    return refusing({ tests_lesson_unique: ['TEST_EXISTS', 'lessonId'] }, () =>
      transaction(context.em, async (tx) => {
        const lesson = await lockDraftOfLesson(tx, lessonId);
        if (lesson.kind !== 'QUIZ') throw new Refusal<LearningErrorCode>('NOT_A_QUIZ', ['input', 'lessonId']);
        const test = tx.create(Test, { id, lessonId, ...settings, createdAt: now, updatedAt: now });
        await tx.flush();
        await replaceItems(tx, id, await courseOf(tx, lesson), items);
        audit(tx, context, 'learning.test.define', test, []);
        return test;
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, VERSION_PUBLISHED, TOO_FEW_QUESTIONS */
  async update(context: RequestContext, input: unknown): Promise<Test> {
    const { testId, items, ...settings } = accept(testChange, input, context.locale);
    const known = await findTest(context.em, testId);
    if (!known) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'testId']);
    return transaction(context.em, async (tx) => {
      const lesson = await lockDraftOfLesson(tx, known.lessonId, ['input', 'testId']);
      const test = await tx.findOne(Test, { id: known.id }, { refresh: true });
      if (!test) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'testId']);
      Object.assign(test, settings, { updatedAt: new Date() });
      if (items) await replaceItems(tx, test.id, await courseOf(tx, lesson), items);
      audit(tx, context, 'learning.test.update', test, [...Object.keys(settings), ...(items ? ['items'] : [])]);
      return test;
    });
  }
}

async function courseOf(tx: EntityManager, { versionId }: Lesson): Promise<string> {
  return (await tx.findOneOrFail(CourseVersion, { id: versionId })).courseId;
}

function audit(
  tx: EntityManager,
  context: RequestContext,
  action: 'learning.test.define' | 'learning.test.update',
  { id: resourceId }: Test,
  fields: readonly string[],
): void {
  recordStaffAction(tx, context, { action, resource: 'Test', resourceId, fields });
}
