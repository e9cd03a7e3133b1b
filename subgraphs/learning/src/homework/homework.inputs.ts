import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { CriterionAspect } from './homework.rules.js';
import { HomeworkType, RubricAspectEnum } from './homework.types.js';

@InputType({ description: 'How well one may do in a criterion.' })
export class RubricLevelInput {
  @Field(() => Int, { description: 'What this level gives, 0 to 1,000.' })
  declare points: number;

  @Field(() => String, { description: 'What a text of this level is like, 1 to 500 characters.' })
  declare description: string;
}

@InputType({ description: 'One thing that is looked at, and what it is worth.' })
export class RubricCriterionInput {
  @Field(() => String, { description: 'What it is about, 1 to 120 characters.' })
  declare title: string;

  @Field(() => RubricAspectEnum, {
    description: 'What it looks at: ACCURACY needs `checksEnglish`, LENGTH needs `minWords`.',
  })
  declare aspect: CriterionAspect;

  @Field(() => Int, { description: 'The most that it can give, 1 to 1,000.' })
  declare points: number;

  @Field(() => [RubricLevelInput], {
    description: 'Two to six levels from the best, which gives all its points, down.',
  })
  declare levels: RubricLevelInput[];
}

@InputType({ description: 'What homework is to be.' })
abstract class HomeworkContentInput {
  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  declare title: string;

  @Field(() => String, { description: 'What is to be done, in Markdown, 1 to 20,000 characters.' })
  declare instructions: string;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many days it waits from the moment when its lesson is begun, 1 to 365; 7 without it.',
  })
  declare dueDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'The sum of what its criteria give; 100 without it.' })
  declare maxScore?: number | null;

  @Field(() => Int, { nullable: true, description: 'Which share of it passes, in percent; 60 without it.' })
  declare passPercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many words are expected, 1 to 3,000; any number without it.' })
  declare minWords?: number | null;

  @Field(() => [RubricCriterionInput], { description: 'By what it is judged: 1 to 12 criteria.' })
  declare rubric: RubricCriterionInput[];

  @Field(() => Boolean, { description: 'Must it be done before its lesson counts as completed?' })
  declare isRequired: boolean;

  @Field(() => Boolean, { description: 'Is the English in it checked?' })
  declare checksEnglish: boolean;
}

@InputType({ description: 'Homework for a lesson of a draft.' })
export class DefineHomeworkInput extends HomeworkContentInput {
  @Field(() => ID, { description: 'The lesson.' })
  declare lessonId: string;
}

@InputType({ description: 'Homework of a draft as it is to be: all of it, what is left out has its default again.' })
export class UpdateHomeworkInput extends HomeworkContentInput {
  @Field(() => ID, { description: 'The homework.' })
  declare homeworkId: string;
}

@InputType({ description: 'Which homework is to go.' })
export class RemoveHomeworkInput {
  @Field(() => ID, { description: 'The homework.' })
  declare homeworkId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The homework that you wrote.' })
export class DefineHomeworkPayload {
  @Field(() => HomeworkType, { nullable: true, description: 'The homework; null when it was refused.' })
  declare homework?: HomeworkType | null;

  @Field(() => [LearningError], { description: 'INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED, TOO_MUCH_HOMEWORK.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The homework as you wrote it anew.' })
export class UpdateHomeworkPayload {
  @Field(() => HomeworkType, { nullable: true, description: 'The homework; null when it was refused.' })
  declare homework?: HomeworkType | null;

  @Field(() => [LearningError], { description: 'INVALID_INPUT, NOT_FOUND, VERSION_PUBLISHED.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'What is gone.' })
export class RemoveHomeworkPayload {
  @Field(() => ID, { nullable: true, description: 'Which homework is gone; null when it was refused.' })
  declare removedHomeworkId?: string | null;

  @Field(() => [LearningError], { description: 'NOT_FOUND, VERSION_PUBLISHED.' })
  declare userErrors: LearningError[];
}
