import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { Homework } from './homework.entity.js';

/**
 * Copies homework into the next version of a course; what it descends from stays known.
 *
 * @param lessonIdMap the new lesson of each old one
 */
export async function cloneHomework(tx: EntityManager, lessonIdMap: ReadonlyMap<string, string>): Promise<void> {
  const known = await tx.find(Homework, { lessonId: { $in: [...lessonIdMap.keys()] } });
  const copies = known.flatMap((one) => {
    const lessonId = lessonIdMap.get(one.lessonId);
    return lessonId ? [{ ...fieldsOf(one), id: newId(), lessonId }] : [];
  });
  if (copies.length > 0) await tx.insertMany(Homework, copies);
}

function fieldsOf(homework: Homework) {
  const { lineageId, position, title, instructions, dueDays, maxScore, passPercent, minWords, rubric } = homework;
  const { isRequired, checksEnglish } = homework;
  return {
    ...{ lineageId, position, title, instructions, dueDays, maxScore, passPercent, minWords, rubric },
    ...{ isRequired, checksEnglish },
  };
}
