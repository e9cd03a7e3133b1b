import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { CountingRule, ReviewRule } from './test.rules.js';
import { CountingRuleEnum, ReviewRuleEnum, TestType } from './test.types.js';

@InputType({
  description: 'A part of a test: either one question, or some that are drawn from a bank for each attempt.',
})
export class TestItemInput {
  @Field(() => ID, { nullable: true, description: 'A question that each attempt has, of any bank of the course.' })
  declare questionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The bank to draw from.' })
  declare bankId?: string | null;

  @Field(() => String, { nullable: true, description: 'Draw only questions with this tag.' })
  declare tag?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many to draw, 1 to 50.' })
  declare count?: number | null;
}

@InputType({ description: 'The test of a quiz.' })
export class DefineTestInput {
  @Field(() => ID, { description: 'Of which lesson: a QUIZ of a draft that has no test yet.' })
  declare lessonId: string;

  @Field(() => [TestItemInput], { description: 'What it is made of: 1 to 100 parts, at most 200 questions.' })
  declare items: TestItemInput[];

  @Field(() => Int, { nullable: true, description: 'Percent of the points it takes to pass; 70 by default.' })
  declare passingPercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'How long an attempt may take; as long as one likes by default.' })
  declare timeLimitMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How often one may try; as often as one likes by default.' })
  declare maxAttempts?: number | null;

  @Field(() => Int, { nullable: true, description: 'How long to wait before trying again; not at all by default.' })
  declare retakePauseMinutes?: number | null;

  @Field(() => CountingRuleEnum, { nullable: true, description: 'Which attempt counts; BEST by default.' })
  declare counting?: CountingRule | null;

  @Field(() => ReviewRuleEnum, { nullable: true, description: 'When students see mistakes; AFTER_PASSING by default.' })
  declare review?: ReviewRule | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether questions are shuffled; they are by default.' })
  declare shufflesQuestions?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether options are shuffled; they are by default.' })
  declare shufflesOptions?: boolean | null;
}

@InputType({ description: 'What is to change of a test of a draft; what is left out stays.' })
export class UpdateTestInput {
  @Field(() => ID, { description: 'Which test.' })
  declare testId: string;

  @Field(() => [TestItemInput], { nullable: true, description: 'All that it is made of.' })
  declare items?: TestItemInput[];

  @Field(() => Int, { nullable: true, description: 'Percent of the points it takes to pass, 1 to 100.' })
  declare passingPercent?: number;

  @Field(() => Int, { nullable: true, description: 'How long an attempt may take; null: as long as one likes.' })
  declare timeLimitMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How often one may try; null: as often as one likes.' })
  declare maxAttempts?: number | null;

  @Field(() => Int, { nullable: true, description: 'How long to wait before trying again.' })
  declare retakePauseMinutes?: number;

  @Field(() => CountingRuleEnum, { nullable: true, description: 'Which attempt counts.' })
  declare counting?: CountingRule;

  @Field(() => ReviewRuleEnum, { nullable: true, description: 'When students see their mistakes.' })
  declare review?: ReviewRule;

  @Field(() => Boolean, { nullable: true, description: 'Whether questions are shuffled.' })
  declare shufflesQuestions?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether options are shuffled.' })
  declare shufflesOptions?: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The test.' })
export class TestPayload {
  @Field(() => TestType, { nullable: true, description: 'The test; null when it was refused.' })
  declare test?: TestType | null;

  @Field(() => [LearningError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED, NOT_A_QUIZ, TEST_EXISTS, TOO_FEW_QUESTIONS.',
  })
  declare userErrors: LearningError[];
}
