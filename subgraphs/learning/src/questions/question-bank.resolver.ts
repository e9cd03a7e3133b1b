import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { Question, QuestionBank } from './question.entity.js';
import { CreateQuestionBankInput, QuestionBankPayload, UpdateQuestionBankInput } from './question.payloads.js';
import { questionsOfBanks, type TagCount, tagsOfBanks } from './question.repository.js';
import {
  QuestionBankConnection,
  QuestionBankType,
  QuestionConnection,
  QuestionFilter,
  QuestionTagType,
} from './question.types.js';
import type { QuestionBankService } from './question-bank.service.js';

/** Question banks in the graph, for authors. */
@Resolver(() => QuestionBankType)
export class QuestionBankResolver {
  constructor(private readonly service: QuestionBankService) {}

  @FieldResolver(() => QuestionConnection, { description: 'Its questions, the oldest first, retired ones too.' })
  questions(
    @Root() { id }: QuestionBank,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Question>> {
    return context.loader(questionsOfBanks).load({ parent: id, page });
  }

  @FieldResolver(() => [QuestionTagType], { description: 'Tags of its questions that are not retired, by name.' })
  tags(@Root() { id }: QuestionBank, @Ctx() context: RequestContext): Promise<TagCount[]> {
    return context.loader(tagsOfBanks).load(id);
  }

  @Requires('learning.courses.author')
  @Query(() => QuestionBankConnection, { nullable: true, description: 'Question banks of a course, by title.' })
  questionBanks(
    @Arg('courseId', () => ID, { description: 'Which course.' }) courseId: string,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<QuestionBank>> {
    return this.service.list(context, courseId, page);
  }

  @Requires('learning.courses.author')
  @Query(() => QuestionBankType, { nullable: true, description: 'A question bank; null when there is none.' })
  questionBank(
    @Arg('id', () => ID, { description: 'Identity of the bank.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<QuestionBank | null> {
    return this.service.find(context, id);
  }

  @Requires('learning.courses.author')
  @Query(() => QuestionConnection, { nullable: true, description: 'Questions of a bank, the oldest first.' })
  searchQuestions(
    @Arg('filter', () => QuestionFilter, { description: 'Which questions.' }) filter: QuestionFilter,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Question>> {
    return this.service.questions(context, filter, page);
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionBankPayload, { nullable: true, description: 'Makes a bank of a course. It is audited.' })
  createQuestionBank(
    @Arg('input', () => CreateQuestionBankInput, { description: 'What it is.' }) input: CreateQuestionBankInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ bank: await this.service.create(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => QuestionBankPayload, { nullable: true, description: 'Renames a bank. It is audited.' })
  updateQuestionBank(
    @Arg('input', () => UpdateQuestionBankInput, { description: 'What it is called.' }) input: UpdateQuestionBankInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ bank: await this.service.update(context, input) }));
  }
}
