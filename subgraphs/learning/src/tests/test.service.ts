import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { seenLesson } from '../lessons/lesson.access.js';
import type { LessonOutline } from '../lessons/lesson.repository.js';
import type { Question, QuestionBank } from '../questions/question.entity.js';
import { banksById, questionsById } from '../questions/question.repository.js';
import type { Test } from './test.entity.js';
import { findTest, itemsOfTests, testsOfLessons } from './test.repository.js';
import type { DrawnTestItem, FixedTestItem } from './test.types.js';
import { figuresOfTests, type TestFigures } from './test-statistics.js';

/** Tests, for those who may know of their lessons; what they are made of is for authors. */
export class TestService {
  /** A test of a lesson that the viewer may know of. */
  async find(context: RequestContext, id: string): Promise<Test | null> {
    const test = await findTest(context.em, id);
    return test && (await seenLesson(context, test.lessonId)) ? test : null;
  }

  /** The test of a lesson that the viewer knows of. */
  ofLesson(context: RequestContext, { id, kind }: LessonOutline): Promise<Test | null> {
    return kind === 'QUIZ' ? context.loader(testsOfLessons).load(id) : Promise.resolve(null);
  }

  lesson(context: RequestContext, { lessonId }: Test): Promise<LessonOutline | null> {
    return seenLesson(context, lessonId);
  }

  /** How many questions an attempt has. */
  async questionCount(context: RequestContext, { id }: Test): Promise<number> {
    const items = await context.loader(itemsOfTests).load(id);
    return items.reduce((sum, { count }) => sum + (count ?? 1), 0);
  }

  /** What it is made of; null for whoever is no author. */
  async items(context: RequestContext, { id }: Test): Promise<(FixedTestItem | DrawnTestItem)[] | null> {
    if (!context.can('learning.courses.author')) return null;
    const items = await context.loader(itemsOfTests).load(id);
    return items.flatMap(({ questionId, bankId, tag, count }): (FixedTestItem | DrawnTestItem)[] => {
      if (questionId) return [{ kind: 'FIXED', questionId }];
      return bankId && count ? [{ kind: 'DRAWN', bankId, tag: tag ?? null, count }] : [];
    });
  }

  /** How it has gone, for authors and those who see all students; null for others. */
  async figures(context: RequestContext, { id }: Test): Promise<TestFigures | null> {
    const maySee = context.can('learning.courses.author') || context.can('learning.students.read');
    return maySee ? context.loader(figuresOfTests).load(id) : null;
  }

  async question(context: RequestContext, { questionId }: FixedTestItem): Promise<Question> {
    return found(await context.loader(questionsById).load(questionId));
  }

  async bank(context: RequestContext, { bankId }: DrawnTestItem): Promise<QuestionBank> {
    return found(await context.loader(banksById).load(bankId));
  }
}

function found<Item>(item: Item | null): Item {
  if (item === null) throw new Error('A test is made of what is not there');
  return item;
}
