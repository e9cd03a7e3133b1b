import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Test, TestItem } from './test.entity.js';

/** A test by its id, whoever asks. */
export function findTest(em: EntityManager, id: string): Promise<Test | null> {
  return isId(id) ? em.findOne(Test, { id }) : Promise.resolve(null);
}

/** Tests by id, batched. */
export const testsById = defineLoader<string, Test | null>(
  async ({ em }, ids) => {
    const tests = await em.find(Test, { id: { $in: ids.filter(isId) } });
    return new Map(tests.map((test) => [test.id, test]));
  },
  { absent: () => null },
);

/** The tests of lessons, batched by the lessons' ids. */
export const testsOfLessons = defineLoader<string, Test | null>(
  async ({ em }, lessonIds) => {
    const tests = await em.find(Test, { lessonId: { $in: [...lessonIds] } });
    return new Map(tests.map((test) => [test.lessonId, test]));
  },
  { absent: () => null },
);

/** The parts of tests in their order, batched by the tests' ids. */
export const itemsOfTests = defineLoader<string, TestItem[]>(
  async ({ em }, testIds) => {
    const items = await em.find(TestItem, { testId: { $in: [...testIds] } }, { orderBy: { position: 'asc' } });
    return Map.groupBy(items, ({ testId }) => testId);
  },
  { absent: () => [] },
);
