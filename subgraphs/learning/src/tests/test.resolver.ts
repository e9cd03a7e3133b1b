import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Attempt } from '../attempts/attempt.entity.js';
import type { AttemptService } from '../attempts/attempt.service.js';
import { AttemptType } from '../attempts/attempt.types.js';
import { LearningError } from '../errors.js';
import type { LessonOutline } from '../lessons/lesson.repository.js';
import { LessonType } from '../lessons/lesson.types.js';
import type { Question, QuestionBank } from '../questions/question.entity.js';
import { QuestionBankType, QuestionType } from '../questions/question.types.js';
import type { Test } from './test.entity.js';
import { DefineTestInput, TestPayload, UpdateTestInput } from './test.payloads.js';
import type { TestService } from './test.service.js';
import { DrawnTestItem, FixedTestItem, TestItemUnion, TestStanding, TestStatistics, TestType } from './test.types.js';
import type { TestAuthoringService } from './test-authoring.service.js';
import type { TestFigures } from './test-statistics.js';

/** Tests in the graph. */
@Resolver(() => TestType)
export class TestResolver {
  constructor(
    private readonly service: TestService,
    private readonly authoring: TestAuthoringService,
    private readonly attempts: AttemptService,
  ) {}

  @FieldResolver(() => LessonType, { nullable: true, description: 'The lesson that it tests.' })
  lesson(@Root() test: Test, @Ctx() context: RequestContext): Promise<LessonOutline | null> {
    return this.service.lesson(context, test);
  }

  @FieldResolver(() => Int, { description: 'How many questions an attempt has.' })
  questionCount(@Root() test: Test, @Ctx() context: RequestContext): Promise<number> {
    return this.service.questionCount(context, test);
  }

  @FieldResolver(() => [TestItemUnion], {
    nullable: true,
    description: 'What it is made of; null for whoever does not write courses.',
  })
  items(@Root() test: Test, @Ctx() context: RequestContext): Promise<(FixedTestItem | DrawnTestItem)[] | null> {
    return this.service.items(context, test);
  }

  @FieldResolver(() => TestStatistics, {
    nullable: true,
    description: 'How it has gone; null for whoever neither writes courses nor sees all students.',
  })
  statistics(@Root() test: Test, @Ctx() context: RequestContext): Promise<TestFigures | null> {
    return this.service.figures(context, test);
  }

  @FieldResolver(() => TestStanding, {
    nullable: true,
    description: 'How you stand at it; null when you do not learn its course.',
  })
  myStanding(@Root() test: Test, @Ctx() context: RequestContext): Promise<TestStanding | null> {
    return this.attempts.standing(context, test);
  }

  @FieldResolver(() => AttemptType, { nullable: true, description: 'Your attempt that is running, if one is.' })
  myRunningAttempt(@Root() test: Test, @Ctx() context: RequestContext): Promise<Attempt | null> {
    return this.attempts.running(context, test);
  }

  @SignedIn()
  @Query(() => TestType, { nullable: true, description: 'A test; null when there is none that you may know of.' })
  test(
    @Arg('id', () => ID, { description: 'Identity of the test.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Test | null> {
    return this.service.find(context, id);
  }

  @Requires('learning.courses.author')
  @Mutation(() => TestPayload, { nullable: true, description: 'Gives a quiz of a draft its test. It is audited.' })
  defineTest(
    @Arg('input', () => DefineTestInput, { description: 'The test.' }) input: DefineTestInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ test: await this.authoring.define(context, input) }));
  }

  @Requires('learning.courses.author')
  @Mutation(() => TestPayload, { nullable: true, description: 'Changes a test of a draft. It is audited.' })
  updateTest(
    @Arg('input', () => UpdateTestInput, { description: 'What is to change.' }) input: UpdateTestInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ test: await this.authoring.update(context, input) }));
  }
}

/** A question that each attempt has. */
@Resolver(() => FixedTestItem)
export class FixedTestItemResolver {
  constructor(private readonly service: TestService) {}

  @FieldResolver(() => QuestionType, { description: 'The question.' })
  question(@Root() item: FixedTestItem, @Ctx() context: RequestContext): Promise<Question> {
    return this.service.question(context, item);
  }
}

/** Questions that are drawn. */
@Resolver(() => DrawnTestItem)
export class DrawnTestItemResolver {
  constructor(private readonly service: TestService) {}

  @FieldResolver(() => QuestionBankType, { description: 'Where they are drawn from.' })
  bank(@Root() item: DrawnTestItem, @Ctx() context: RequestContext): Promise<QuestionBank> {
    return this.service.bank(context, item);
  }
}

/** The test of a lesson. */
@Resolver(() => LessonType)
export class LessonTestResolver {
  constructor(private readonly service: TestService) {}

  @FieldResolver(() => TestType, { nullable: true, description: 'The test of a quiz; null where there is none.' })
  test(@Root() lesson: LessonOutline, @Ctx() context: RequestContext): Promise<Test | null> {
    return this.service.ofLesson(context, lesson);
  }
}
