import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { QuestionKey } from '../questions/question-key.types.js';
import { type AttemptStatus, attemptStatuses } from './attempt.rules.js';
import { AttemptQuestionType } from './attempt-question.types.js';

/** @see attemptStatuses */
export const AttemptStatusEnum = enumOf(attemptStatuses);
registerEnumType(AttemptStatusEnum, {
  name: 'AttemptStatus',
  description: 'Where an attempt stands.',
  valuesConfig: {
    RUNNING: { description: 'It goes on.' },
    SUBMITTED: { description: 'It was handed in, and graded.' },
    EXPIRED: { description: 'Its time was over; what was saved until then was graded.' },
  },
});

@ObjectType('Attempt', { simpleResolvers: true, description: 'A student’s attempt at a test.' })
export class AttemptType {
  @Field(() => ID, { description: 'Identity of the attempt.' })
  declare id: string;

  @Field(() => Int, { description: '1, 2, … of the student at this test.' })
  declare number: number;

  @Field(() => AttemptStatusEnum, { description: 'Where it stands.' })
  declare status: AttemptStatus;

  @Field(() => DateTime, { description: 'When it began.' })
  declare startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when answers are taken; null without a time limit.' })
  declare deadlineAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it is running.' })
  declare closedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Share of the points, rounded down; null while it is running.' })
  declare percent: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Was it enough to pass? Null while it is running.' })
  declare passed: boolean | null;
}

export const AttemptConnection = connectionOf(AttemptType, 'Attempt');

@ObjectType({ simpleResolvers: true, description: 'A question, what was answered, and what is right.' })
export class QuestionReview {
  @Field(() => AttemptQuestionType, { description: 'The question with the answer that was given.' })
  declare question: AttemptQuestionType;

  @Field(() => Float, { description: 'Points that the answer earned, of `question.points`.' })
  declare earnedPoints: number;

  @Field(() => Boolean, { description: 'Did it earn all of them?' })
  declare isRight: boolean;

  @Field(() => QuestionKey, { description: 'What is right.' })
  declare key: typeof QuestionKey;

  @Field(() => String, { nullable: true, description: 'Why it is so, in Markdown; null when nobody wrote that.' })
  declare explanation: string | null;
}

@InputType({ description: 'Which choice belongs to which prompt.' })
export class AnswerPairInput {
  @Field(() => ID, { description: 'The prompt; each once.' })
  declare promptId: string;

  @Field(() => ID, { description: 'The choice.' })
  declare choiceId: string;
}

@InputType({ description: 'An answer: the one field that fits the question. None at all takes the answer back.' })
export class AnswerInput {
  @Field(() => [ID], { nullable: true, description: 'Of a ChoiceQuestion: what is chosen.' })
  declare optionIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Of a TextQuestion: what is typed, at most 300 characters.' })
  declare text?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of an OrderQuestion: all items in order.' })
  declare itemIds?: string[] | null;

  @Field(() => [AnswerPairInput], { nullable: true, description: 'Of a MatchQuestion: what is matched so far.' })
  declare pairs?: AnswerPairInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Of a GapQuestion: what is in each gap, in order; an empty text where nothing is.',
  })
  declare gapTexts?: string[] | null;
}

@InputType({ description: 'Which test to begin.' })
export class StartAttemptInput {
  @Field(() => ID, { description: 'Which test.' })
  declare testId: string;
}

@InputType({ description: 'An answer to keep.' })
export class SaveAnswerInput {
  @Field(() => ID, { description: 'Which question of an attempt of yours that is running.' })
  declare questionId: string;

  @Field(() => AnswerInput, { description: 'The answer.' })
  declare answer: AnswerInput;

  @Field(() => SafeIntAmount, {
    description: 'Greater than `sequence` of the question, such as the time in milliseconds: the greatest one is kept.',
  })
  declare sequence: number;
}

@InputType({ description: 'Which attempt to hand in.' })
export class SubmitAttemptInput {
  @Field(() => ID, { description: 'Which attempt of yours.' })
  declare attemptId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The attempt that is running.' })
export class StartAttemptPayload {
  @Field(() => AttemptType, { nullable: true, description: 'The attempt; null when it was refused.' })
  declare attempt?: AttemptType | null;

  @Field(() => [LearningError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_A_STUDENT, NOT_ENROLLED, LESSON_LOCKED, ATTEMPTS_USED_UP, PAUSE_NOT_OVER (with `availableAt`), TEST_EMPTY.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The question with the answer that is kept.' })
export class SaveAnswerPayload {
  @Field(() => AttemptQuestionType, {
    nullable: true,
    description: 'The question; with another answer than yours when a later one was there. Null when it was refused.',
  })
  declare question?: AttemptQuestionType | null;

  @Field(() => [LearningError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, ATTEMPT_OVER.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The attempt, graded.' })
export class SubmitAttemptPayload {
  @Field(() => AttemptType, {
    nullable: true,
    description: 'The attempt, which may have EXPIRED before it was handed in; null when it was refused.',
  })
  declare attempt?: AttemptType | null;

  @Field(() => [LearningError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: LearningError[];
}
