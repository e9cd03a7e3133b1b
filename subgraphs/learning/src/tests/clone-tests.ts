import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { Test, TestItem } from './test.entity.js';

/**
 * Gives the lessons of a new draft the tests of those that they were made from; questions are the same.
 *
 * @param lessonIdMap the new lesson's id for each old one's
 */
export async function cloneTests(
  tx: EntityManager,
  lessonIdMap: ReadonlyMap<string, string>,
  at = new Date(),
): Promise<void> {
  const tests = await tx.find(Test, { lessonId: { $in: [...lessonIdMap.keys()] } });
  if (tests.length === 0) return;
  const items = await tx.find(TestItem, { testId: { $in: tests.map(({ id }) => id) } });
  const ids = new Map(tests.map(({ id }) => [id, newId()]));
  await tx.insertMany(
    Test,
    tests.map(({ id, lessonId, ...rest }) => ({
      ...settingsOf(rest),
      id: ids.get(id) ?? '',
      lessonId: lessonIdMap.get(lessonId) ?? '',
      createdAt: at,
      updatedAt: at,
    })),
  );
  await tx.insertMany(
    TestItem,
    items.map(({ testId, position, questionId, bankId, tag, count }) => {
      return { id: newId(), testId: ids.get(testId) ?? '', position, questionId, bankId, tag, count };
    }),
  );
}

type Settings = Omit<Test, 'id' | 'lessonId' | 'createdAt' | 'updatedAt'>;

function settingsOf({
  passingPercent,
  timeLimitMinutes,
  maxAttempts,
  retakePauseMinutes,
  counting,
  review,
  shufflesQuestions,
  shufflesOptions,
}: Settings) {
  return {
    ...{ passingPercent, timeLimitMinutes, maxAttempts, retakePauseMinutes },
    ...{ counting, review, shufflesQuestions, shufflesOptions },
  };
}
