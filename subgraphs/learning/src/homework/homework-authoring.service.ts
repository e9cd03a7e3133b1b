import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockDraftOfLesson } from '../courses/draft-lock.js';
import type { LearningErrorCode } from '../errors.js';
import { Homework } from './homework.entity.js';
import { changedHomework, type HomeworkContent, newHomework, whichHomework } from './homework.rules.js';

const MOST_PER_LESSON = 10;
const WHICH_HOMEWORK = ['input', 'homeworkId'];

/** Writing homework in drafts of courses. */
export class HomeworkAuthoringService {
  /** Adds homework to a lesson, after what it has. @throws Refusal INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED, TOO_MUCH_HOMEWORK */
  async define(context: RequestContext, input: unknown): Promise<Homework> {
    const { lessonId, ...content } = accept(newHomework, input, context.locale);
    return transaction(context.em, async (tx) => {
      await lockDraftOfLesson(tx, lessonId);
      const known = await tx.find(Homework, { lessonId }, { fields: ['position'] });
      if (known.length >= MOST_PER_LESSON) throw new Refusal<LearningErrorCode>('TOO_MUCH_HOMEWORK');
      const position = Math.max(0, ...known.map((one) => one.position)) + 1;
      const made = { ...content, id: newId(), lessonId, lineageId: newId(), position };
      const homework = Object.assign(new Homework(), made);
      tx.persist(homework);
      note(tx, context, 'define', homework);
      await tx.flush();
      return homework;
    });
  }

  /** Writes homework anew. @throws Refusal INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED */
  async update(context: RequestContext, input: unknown): Promise<Homework> {
    const { homeworkId, ...content } = accept(changedHomework, input, context.locale);
    return this.change(context, homeworkId, async (tx, homework) => {
      Object.assign(homework, content satisfies HomeworkContent);
      note(tx, context, 'update', homework);
      await tx.flush();
      return homework;
    });
  }

  /** Removes homework from its lesson. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
  async remove(context: RequestContext, input: unknown): Promise<string> {
    const { homeworkId } = accept(whichHomework, input, context.locale);
    return this.change(context, homeworkId, async (tx, homework) => {
      tx.remove(homework);
      note(tx, context, 'remove', homework);
      return homeworkId;
    });
  }

  private change<Result>(
    context: RequestContext,
    id: string,
    work: (tx: EntityManager, homework: Homework) => Promise<Result>,
  ): Promise<Result> {
    return transaction(context.em, async (tx) => {
      const known = isId(id) ? await tx.findOne(Homework, { id }) : null;
      if (!known) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_HOMEWORK);
      await lockDraftOfLesson(tx, known.lessonId, WHICH_HOMEWORK);
      const homework = await tx.findOne(Homework, { id }, { refresh: true });
      if (!homework) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_HOMEWORK);
      return work(tx, homework);
    });
  }
}

function note(
  tx: EntityManager,
  context: RequestContext,
  verb: 'define' | 'update' | 'remove',
  { id: resourceId }: Homework,
): void {
  recordStaffAction(tx, context, { action: `learning.homework.${verb}`, resource: 'Homework', resourceId });
}
