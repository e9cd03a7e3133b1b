import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';

@ObjectType('TestAllowance', {
  simpleResolvers: true,
  description: 'What a student was granted at a test beyond its rules.',
})
export class TestAllowanceType {
  @Field(() => Int, { description: 'How many attempts more than the test allows.' })
  declare extraAttempts: number;

  @Field(() => Int, { description: 'How much longer each attempt may take.' })
  declare extraMinutes: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'They need not wait after attempts that ended before this; null when the pause holds.',
  })
  declare pauseWaivedAt: Date | null;
}

@InputType({ description: 'What a student is granted at a test; it takes the place of what they were granted before.' })
export class GrantTestAllowanceInput {
  @Field(() => ID, { description: 'Which student, whom you guide.' })
  declare studentId: string;

  @Field(() => ID, { description: 'Which test of a course that they learn.' })
  declare testId: string;

  @Field(() => Int, { nullable: true, description: 'Attempts more than the test allows, 0 to 20; none by default.' })
  declare extraAttempts?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes more for each attempt, 0 to 480, the one that is running included; none by default.',
  })
  declare extraMinutes?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'May they try again at once, this time? Not by default.' })
  declare waivesPause?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the student is granted now.' })
export class GrantTestAllowancePayload {
  @Field(() => TestAllowanceType, { nullable: true, description: 'The allowance; null when it was refused.' })
  declare allowance?: TestAllowanceType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_ENROLLED, OWN_ALLOWANCE.',
  })
  declare userErrors: LearningError[];
}
