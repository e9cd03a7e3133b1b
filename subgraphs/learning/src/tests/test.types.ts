import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { createUnionType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type CountingRule, countingRules, type ReviewRule, reviewRules } from './test.rules.js';

/** @see countingRules */
export const CountingRuleEnum = enumOf(countingRules);
registerEnumType(CountingRuleEnum, {
  name: 'CountingRule',
  description: 'Which attempt counts when there are several.',
  valuesConfig: {
    BEST: { description: 'The best one.' },
    LAST: { description: 'The last one, even when one before was better.' },
  },
});

/** @see reviewRules */
export const ReviewRuleEnum = enumOf(reviewRules);
registerEnumType(ReviewRuleEnum, {
  name: 'ReviewRule',
  description:
    'When students see their mistakes, what is right, and why. Never while another attempt of theirs is running.',
  valuesConfig: {
    NEVER: { description: 'Never: the score is all that they see.' },
    AFTER_SUBMISSION: { description: 'When the attempt is over.' },
    AFTER_PASSING: { description: 'When they have passed, or have no attempt left.' },
  },
});

@ObjectType('Test', {
  simpleResolvers: true,
  description: 'The test of a lesson, in one version of its course: a published one never changes.',
})
export class TestType {
  @Field(() => ID, { description: 'Identity of the test.' })
  declare id: string;

  @Field(() => Int, { description: 'How many percent of the points it takes to pass.' })
  declare passingPercent: number;

  @Field(() => Int, { nullable: true, description: 'How long an attempt may take; null when time does not matter.' })
  declare timeLimitMinutes: number | null;

  @Field(() => Int, { nullable: true, description: 'How often one may try; null when as often as one likes.' })
  declare maxAttempts: number | null;

  @Field(() => Int, { description: 'How long to wait after an attempt before the next one.' })
  declare retakePauseMinutes: number;

  @Field(() => CountingRuleEnum, { description: 'Which attempt counts.' })
  declare counting: CountingRule;

  @Field(() => ReviewRuleEnum, { description: 'When students see their mistakes.' })
  declare review: ReviewRule;

  @Field(() => Boolean, { description: 'Do the questions come in another order in each attempt?' })
  declare shufflesQuestions: boolean;

  @Field(() => Boolean, {
    description:
      'Do options come in another order in each attempt? Items to be put in order and choices to match always do.',
  })
  declare shufflesOptions: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'How you stand at a test.' })
export class TestStanding {
  @Field(() => Boolean, {
    description: 'Would `startAttempt` give you an attempt now: a new one, or the one that runs?',
  })
  declare mayStart: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the pause after your last attempt is over; null when you need not wait, or have no attempt left.',
  })
  declare availableAt: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often you may begin yet, with what you were granted; null when as often as you like.',
  })
  declare attemptsLeft: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long an attempt may take you, with what you were granted; null when time does not matter.',
  })
  declare timeLimitMinutes: number | null;

  @Field(() => Boolean, { description: 'Have you passed, by the attempt that counts?' })
  declare hasPassed: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'How a test has gone, over all attempts that are over.' })
export class TestStatistics {
  @Field(() => Int, { description: 'How many students have tried.' })
  declare students: number;

  @Field(() => Int, { description: 'How many attempts that is.' })
  declare attempts: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of these students who have passed once, 0 to 1; null when nobody has tried.',
  })
  declare passedShare: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean percent of all attempts; null when nobody has tried.' })
  declare meanPercent: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How long half of the attempts took at most; null when nobody has tried.',
  })
  declare medianMinutes: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A question that each attempt has.' })
export class FixedTestItem {
  declare kind: 'FIXED';

  declare questionId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Questions that are drawn from a bank for each attempt.' })
export class DrawnTestItem {
  declare kind: 'DRAWN';

  declare bankId: string;

  @Field(() => String, { nullable: true, description: 'Only those with this tag are drawn; null: any.' })
  declare tag: string | null;

  @Field(() => Int, { description: 'How many are drawn.' })
  declare count: number;
}

export const TestItemUnion = createUnionType({
  name: 'TestItem',
  description: 'A part of a test.',
  types: () => [FixedTestItem, DrawnTestItem] as const,
  resolveType: ({ kind }) => (kind === 'FIXED' ? FixedTestItem : DrawnTestItem),
});
