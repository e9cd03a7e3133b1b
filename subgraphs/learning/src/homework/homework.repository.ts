import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Homework } from './homework.entity.js';

/** Homework by id, batched; whoever loads one decides who may see it. */
export const homeworkById = defineLoader<string, Homework | null>(
  async ({ em }, ids) => {
    const found = await em.find(Homework, { id: { $in: [...ids] } });
    return new Map(found.map((one) => [one.id, one]));
  },
  { absent: () => null },
);

/** Homework of lessons in its order, batched; whoever loads it decides who may see it. */
export const homeworkOfLesson = defineLoader<string, Homework[]>(
  async ({ em }, lessonIds) => {
    const orderBy = { position: 'asc' } as const;
    const found = await em.find(Homework, { lessonId: { $in: [...lessonIds] } }, { orderBy });
    return Map.groupBy(found, ({ lessonId }) => lessonId);
  },
  { absent: () => [] },
);
