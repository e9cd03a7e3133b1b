import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { Question, QuestionBank, QuestionRevision } from './question.entity.js';
import {
  AddQuestionInput,
  ImportQuestionsInput,
  ImportQuestionsPayload,
  QuestionPayload,
  QuestionReferenceInput,
  UpdateQuestionInput,
} from './question.payloads.js';
import { banksById, currentRevisions } from './question.repository.js';
import type { QuestionService } from './question.service.js';
import { QuestionBankType, QuestionRevisionType, QuestionStatisticsType, QuestionType } from './question.types.js';
import { keyOf } from './question-key.js';
import { QuestionKey } from './question-key.types.js';
import { type QuestionStatistics, statisticsOf } from './question-statistics.js';

/** Questions in the graph, for authors. */
@Resolver(() => QuestionType)
export class QuestionResolver {
  constructor(private readonly service: QuestionService) {}

  @FieldResolver(() => QuestionBankType, { description: 'The bank in which it is.' })
  async bank(@Root() { bankId }: Question, @Ctx() context: RequestContext): Promise<QuestionBank | null> {
    return context.loader(banksById).load(bankId);
  }

  @FieldResolver(() => QuestionRevisionType, { description: 'What it says now.' })
  current(@Root() { id }: Question, @Ctx() context: RequestContext): Promise<QuestionRevision> {
    return context.loader(currentRevisions).load(id);
  }

  @FieldResolver(() => QuestionStatisticsType, { description: 'How it has done in attempts.' })
  statistics(@Root() { id }: Question, @Ctx() context: RequestContext): Promise<QuestionStatistics> {
    return context.loader(statisticsOf).load(id);
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionPayload, { nullable: true, description: 'Adds a question to a bank. It is audited.' })
  addQuestion(
    @Arg('input', () => AddQuestionInput, { description: 'The question, and where to.' }) input: AddQuestionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ question: await this.service.add(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => ImportQuestionsPayload, {
    nullable: true,
    description: 'Adds many questions to a bank: all of them or, when one is at fault, none. It is audited.',
  })
  importQuestions(
    @Arg('input', () => ImportQuestionsInput, { description: 'The questions, and where to.' })
    input: ImportQuestionsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ questions: await this.service.import(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionPayload, {
    nullable: true,
    description: 'Writes another revision of a question. Attempts that have begun keep what it said. It is audited.',
  })
  updateQuestion(
    @Arg('input', () => UpdateQuestionInput, { description: 'What it is to say.' }) input: UpdateQuestionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ question: await this.service.update(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionPayload, {
    nullable: true,
    description:
      'Keeps a question out of new attempts, in published courses too; those that have begun keep it. It is audited.',
  })
  retireQuestion(
    @Arg('input', () => QuestionReferenceInput, { description: 'Which.' }) input: QuestionReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ question: await this.service.retire(context, input, true) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionPayload, {
    nullable: true,
    description: 'Lets new attempts have a question again that was retired. It is audited.',
  })
  restoreQuestion(
    @Arg('input', () => QuestionReferenceInput, { description: 'Which.' }) input: QuestionReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ question: await this.service.retire(context, input, false) }));
  }
}

/** What a question says. */
@Resolver(() => QuestionRevisionType)
export class QuestionRevisionResolver {
  @FieldResolver(() => QuestionKey, { description: 'What is right.' })
  key(@Root() { content }: QuestionRevision) {
    return keyOf(content);
  }
}
