import { CalendarDate } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { CohortType } from './cohort.types.js';

@InputType({ description: 'A new cohort.' })
export class CreateCohortInput {
  @Field(() => ID, { description: 'The course that it goes through.' })
  declare courseId: string;

  @Field(() => String, { description: 'What it is called, 1 to 120 characters.' })
  declare title: string;

  @Field(() => ID, { nullable: true, description: 'The account of its curator, who must work for the school.' })
  declare curatorId?: string | null;

  @Field(() => CalendarDate, { description: 'The day on which it begins, in UTC.' })
  declare startsOn: Date;

  @Field(() => Int, { nullable: true, description: 'How many may belong to it, 1 to 10,000; any number without it.' })
  declare capacity?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of your own, the same when you try again: then it is made once. Kept for 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a new cohort.' })
export class CreateCohortPayload {
  @Field(() => CohortType, { nullable: true, description: 'The cohort; null when it was refused.' })
  declare cohort?: CohortType | null;

  @Field(() => [LearningError], { description: 'Why it was refused: NOT_FOUND, NOT_A_CURATOR; empty when it was not.' })
  declare userErrors: LearningError[];
}

@InputType({ description: 'What to change in a cohort; what is left out stays as it is.' })
export class UpdateCohortInput {
  @Field(() => ID, { description: 'Which cohort.' })
  declare cohortId: string;

  @Field(() => String, { nullable: true, description: 'What it is called, 1 to 120 characters.' })
  declare title?: string | null;

  @Field(() => ID, { nullable: true, description: 'The account of its curator; null for none.' })
  declare curatorId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it begins, in UTC.' })
  declare startsOn?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many may belong to it; null for any number.' })
  declare capacity?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a change to a cohort.' })
export class UpdateCohortPayload {
  @Field(() => CohortType, { nullable: true, description: 'The cohort; null when the change was refused.' })
  declare cohort?: CohortType | null;

  @Field(() => [LearningError], {
    description: 'Why it was refused: NOT_FOUND, NOT_A_CURATOR, CAPACITY_TOO_SMALL; empty when it was not.',
  })
  declare userErrors: LearningError[];
}
