import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import { HUNDREDTHS } from '../questions/grading.rules.js';
import type { Student } from '../students/student.entity.js';
import { StudentType } from '../students/student.types.js';
import type { Test } from '../tests/test.entity.js';
import { TestType } from '../tests/test.types.js';
import type { Attempt } from './attempt.entity.js';
import type { AttemptService } from './attempt.service.js';
import {
  AttemptConnection,
  AttemptType,
  QuestionReview,
  SaveAnswerInput,
  SaveAnswerPayload,
  StartAttemptInput,
  StartAttemptPayload,
  SubmitAttemptInput,
  SubmitAttemptPayload,
} from './attempt.types.js';
import type { AttemptAnswerService } from './attempt-answer.service.js';
import { AttemptQuestionType } from './attempt-question.types.js';
import type { AttemptStartService } from './attempt-start.service.js';

/** Attempts in the graph. */
@Resolver(() => AttemptType)
export class AttemptResolver {
  constructor(
    private readonly service: AttemptService,
    private readonly starts: AttemptStartService,
    private readonly answers: AttemptAnswerService,
  ) {}

  @FieldResolver(() => TestType, { description: 'What was tried.' })
  test(@Root() attempt: Attempt, @Ctx() context: RequestContext): Promise<Test> {
    return this.service.test(context, attempt);
  }

  @FieldResolver(() => StudentType, { nullable: true, description: 'Who tried; null for whoever may not see them.' })
  student(@Root() attempt: Attempt, @Ctx() context: RequestContext): Promise<Student | null> {
    return this.service.student(context, attempt);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Points that were earned; null while it is running.' })
  earnedPoints(@Root() { earned }: Attempt): number | null {
    return inPoints(earned);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Points of all questions; null while it is running.' })
  possiblePoints(@Root() { possible }: Attempt): number | null {
    return inPoints(possible);
  }

  @FieldResolver(() => Boolean, { description: 'Is it the attempt that counts? See `Test.counting`.' })
  counts(@Root() attempt: Attempt, @Ctx() context: RequestContext): Promise<boolean> {
    return this.service.counts(context, attempt);
  }

  @FieldResolver(() => [AttemptQuestionType], {
    description: 'The questions in the order in which the student sees them, with the answers; at most 200.',
  })
  questions(@Root() attempt: Attempt, @Ctx() context: RequestContext) {
    return this.service.questions(context, attempt);
  }

  @FieldResolver(() => [QuestionReview], {
    nullable: true,
    description:
      'What is right and why. Null while it is running, and for the student until `Test.review` allows it; staff that guides the student sees it.',
  })
  review(@Root() attempt: Attempt, @Ctx() context: RequestContext) {
    return this.service.review(context, attempt);
  }

  @SignedIn()
  @Query(() => AttemptType, {
    nullable: true,
    description: 'An attempt of yours, or of a student whom you guide; null when there is none that you may see.',
  })
  attempt(
    @Arg('id', () => ID, { description: 'Identity of the attempt.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Attempt | null> {
    return this.service.find(context, id);
  }

  @SignedIn()
  @Query(() => AttemptConnection, {
    nullable: true,
    description:
      'Attempts that are over, the newest first: yours, and those of students whom you guide. Conditions add up.',
  })
  testResults(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('studentId', () => ID, { nullable: true, description: 'Only of this student.' })
    studentId: string | null | undefined,
    @Arg('courseId', () => ID, { nullable: true, description: 'Only of this course.' })
    courseId: string | null | undefined,
    @Arg('testId', () => ID, { nullable: true, description: 'Only of this test.' }) testId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Attempt>> {
    return this.service.results(context, { studentId, courseId, testId }, page);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => StartAttemptPayload, {
    nullable: true,
    description: 'Begins an attempt, or gives you the one that is running: calling it again is safe.',
  })
  startAttempt(
    @Arg('input', () => StartAttemptInput, { description: 'Which test.' }) input: StartAttemptInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ attempt: await this.starts.start(context, input) }));
  }

  @SignedIn()
  @Mutation(() => SaveAnswerPayload, {
    nullable: true,
    description:
      'Keeps an answer; call it whenever something changes. The one with the greatest number is kept. Refused 15 seconds after the deadline.',
  })
  saveAnswer(
    @Arg('input', () => SaveAnswerInput, { description: 'The answer, and to what.' }) input: SaveAnswerInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({
      question: await this.service.question(context, await this.answers.save(context, input)),
    }));
  }

  @SignedIn()
  @Mutation(() => SubmitAttemptPayload, {
    nullable: true,
    description:
      'Ends an attempt and grades it; whoever passes completes the lesson. Calling it again changes nothing.',
  })
  submitAttempt(
    @Arg('input', () => SubmitAttemptInput, { description: 'Which attempt.' }) input: SubmitAttemptInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ attempt: await this.answers.submit(context, input) }));
  }
}

function inPoints(hundredths: number | null | undefined): number | null {
  return typeof hundredths === 'number' ? hundredths / HUNDREDTHS : null;
}
