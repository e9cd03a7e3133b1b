import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';
import { refusing } from '../constraints.js';
import { Course } from '../courses/course.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { longText, reference, text } from '../input.rules.js';
import { type Question, QuestionBank } from './question.entity.js';
import { findBank, findBanks, findQuestionsOfBank, type QuestionSearch } from './question.repository.js';

const named = { title: text(1, 120), description: longText(1_000).nullish() };
const newBank = z.object({ courseId: reference, ...named });
const bankChange = z.object({ bankId: reference, ...named });

/** Banks of questions, for authors. */
export class QuestionBankService {
  find(context: RequestContext, id: string): Promise<QuestionBank | null> {
    return findBank(context.em, id);
  }

  list(context: RequestContext, courseId: string, page: PageRequest): Promise<Connection<QuestionBank>> {
    return findBanks(context.em, courseId, page);
  }

  questions(context: RequestContext, search: QuestionSearch, page: PageRequest): Promise<Connection<Question>> {
    return findQuestionsOfBank(context.em, search, page);
  }

  /** @throws Refusal NOT_FOUND, TITLE_TAKEN */
  async create(context: RequestContext, input: unknown): Promise<QuestionBank> {
    const { courseId, title, description } = accept(newBank, input, context.locale);
    if (!(isId(courseId) && (await context.em.count(Course, { id: courseId })) > 0)) {
      throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
    }
    const now = new Date();
    const id = newId();
    return naming(context.em, async (tx) => {
      recordStaffAction(tx, context, {
        action: 'learning.question-bank.create',
        resource: 'QuestionBank',
        resourceId: id,
      });
      return tx.create(QuestionBank, {
        ...{ id, courseId, title, description: description ?? null },
        ...{ createdAt: now, updatedAt: now },
      });
    });
  }

  /** @throws Refusal NOT_FOUND, TITLE_TAKEN */
  async update(context: RequestContext, input: unknown): Promise<QuestionBank> {
    const { bankId, title, description } = accept(bankChange, input, context.locale);
    return naming(context.em, async (tx) => {
      const bank = await findBank(tx, bankId);
      if (!bank) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'bankId']);
      Object.assign(bank, { title, updatedAt: new Date(), ...(description !== undefined && { description }) });
      const action = 'learning.question-bank.update';
      recordStaffAction(tx, context, { action, resource: 'QuestionBank', resourceId: bank.id });
      return bank;
    });
  }
}

/** Whoever gives a bank a title may find it taken. */
function naming<Named>(em: EntityManager, work: (tx: EntityManager) => Promise<Named>): Promise<Named> {
  return refusing({ question_banks_title_unique: ['TITLE_TAKEN', 'title'] }, () => transaction(em, work));
}
