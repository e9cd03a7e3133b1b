import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { LearningErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import { Question, QuestionRevision } from './question.entity.js';
import { findBank } from './question.repository.js';
import { contentOf, type NewQuestion, newQuestion } from './question.rules.js';

const addition = z.object({ bankId: reference, question: newQuestion });
const additions = z.object({ bankId: reference, questions: z.array(newQuestion).min(1).max(200) });
const edit = z.object({ questionId: reference, revision: z.int(), question: newQuestion });
const questionReference = z.object({ questionId: reference });

/** Questions as authors write them. What holds a right answer here is for `learning.courses.author` only. */
export class QuestionService {
  /** @throws Refusal NOT_FOUND */
  async add(context: RequestContext, input: unknown): Promise<Question> {
    const { bankId, question } = accept(addition, input, context.locale);
    return (await this.insert(context, bankId, [question], 'learning.question.add'))[0] as Question;
  }

  /** Adds all of them or none. @throws Refusal NOT_FOUND */
  async import(context: RequestContext, input: unknown): Promise<Question[]> {
    const { bankId, questions } = accept(additions, input, context.locale);
    return this.insert(context, bankId, questions, 'learning.question.import');
  }

  /** Writes another revision: attempts that have begun keep theirs. @throws Refusal NOT_FOUND, QUESTION_CHANGED */
  async update(context: RequestContext, input: unknown): Promise<Question> {
    const { questionId, revision, question: written } = accept(edit, input, context.locale);
    return transaction(context.em, async (tx) => {
      const question = await lockQuestion(tx, questionId);
      if (question.revision !== revision) {
        throw new Refusal<LearningErrorCode>('QUESTION_CHANGED', ['input', 'revision']);
      }
      const now = new Date();
      Object.assign(question, { revision: revision + 1, tags: written.tags, updatedAt: now });
      createRevision(tx, question, written, context.user.userId, now);
      audit(tx, context, 'learning.question.update', question);
      return question;
    });
  }

  /** Whether new attempts get a question; those that have begun keep it. @throws Refusal NOT_FOUND */
  async retire(context: RequestContext, input: unknown, isRetired: boolean): Promise<Question> {
    const { questionId } = accept(questionReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const question = await lockQuestion(tx, questionId);
      if ((question.retiredAt !== null) === isRetired) return question;
      const now = new Date();
      Object.assign(question, { retiredAt: isRetired ? now : null, updatedAt: now });
      audit(tx, context, isRetired ? 'learning.question.retire' : 'learning.question.restore', question);
      return question;
    });
  }

  private async insert(
    context: RequestContext,
    bankId: string,
    written: readonly NewQuestion[],
    action: 'learning.question.add' | 'learning.question.import',
  ): Promise<Question[]> {
    const bank = await findBank(context.em, bankId);
    if (!bank) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'bankId']);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const questions = written.map(({ tags }) =>
        tx.create(Question, {
          ...{ id: newId(), bankId: bank.id, tags, revision: 1 },
          ...{ retiredAt: null, createdAt: now, updatedAt: now },
        }),
      );
      for (const [index, question] of questions.entries()) {
        createRevision(tx, question, written[index] as NewQuestion, context.user.userId, now);
      }
      recordStaffAction(tx, context, { action, resource: 'QuestionBank', resourceId: bank.id });
      return questions;
    });
  }
}

function createRevision(
  tx: EntityManager,
  { id: questionId, revision: number }: Question,
  written: NewQuestion,
  createdBy: string,
  createdAt: Date,
): void {
  const { kind, prompt, points, explanation } = written;
  const content = contentOf(written);
  tx.create(QuestionRevision, {
    ...{ id: newId(), questionId, number, kind, prompt, points, explanation, content },
    ...{ createdBy, createdAt },
  });
}

async function lockQuestion(tx: EntityManager, id: string): Promise<Question> {
  const question = isId(id)
    ? await tx.findOne(Question, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
    : null;
  if (!question) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'questionId']);
  return question;
}

function audit(
  tx: EntityManager,
  context: RequestContext,
  action: 'learning.question.update' | 'learning.question.retire' | 'learning.question.restore',
  { id: resourceId }: Question,
): void {
  recordStaffAction(tx, context, { action, resource: 'Question', resourceId });
}
