import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type CriterionAspect, criterionAspects } from './homework.rules.js';

/** @see criterionAspects */
export const RubricAspectEnum = enumOf(criterionAspects);
registerEnumType(RubricAspectEnum, {
  name: 'RubricAspect',
  description: 'What a criterion of a rubric looks at, and so who can judge it.',
  valuesConfig: {
    CONTENT: { description: 'What is said, and how well: a model or a curator judges it.' },
    ACCURACY: { description: 'How correct the English is: counted by the program, moved a little by a model.' },
    LENGTH: { description: 'How many of the wanted words are there: counted by the program.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How well one may do in a criterion.' })
export class RubricLevel {
  @Field(() => Int, { description: 'What this level gives.' })
  declare points: number;

  @Field(() => String, { description: 'What a text of this level is like.' })
  declare description: string;
}

@ObjectType({ simpleResolvers: true, description: 'One thing that is looked at in homework, and what it is worth.' })
export class RubricCriterion {
  @Field(() => ID, { description: 'Names the criterion within its homework, such as `c1`.' })
  declare id: string;

  @Field(() => String, { description: 'What it is about.' })
  declare title: string;

  @Field(() => RubricAspectEnum, { description: 'What it looks at.' })
  declare aspect: CriterionAspect;

  @Field(() => Int, { description: 'The most that it can give.' })
  declare points: number;

  @Field(() => [RubricLevel], { description: 'From the best down.' })
  declare levels: RubricLevel[];
}

@ObjectType('Homework', {
  simpleResolvers: true,
  description: 'What is to be done at home after a lesson, in one version of a course.',
})
export class HomeworkType {
  @Field(() => ID, { description: 'Identity of the homework in this version of the course.' })
  declare id: string;

  @Field(() => ID, { description: 'The same in every version of the course.' })
  declare lineageId: string;

  @Field(() => Int, { description: 'Its place among the homework of its lesson: 1, 2, …' })
  declare position: number;

  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => String, { description: 'What is to be done, in Markdown.' })
  declare instructions: string;

  @Field(() => Int, { description: 'For how many days it waits from the moment when somebody begins its lesson.' })
  declare dueDays: number;

  @Field(() => Int, { description: 'The most that it can give: the sum of its criteria.' })
  declare maxScore: number;

  @Field(() => Int, { description: 'Which share of `maxScore` passes, in percent.' })
  declare passPercent: number;

  @Field(() => Int, { nullable: true, description: 'How many words are expected; null means any number.' })
  declare minWords: number | null;

  @Field(() => [RubricCriterion], { description: 'By what it is judged.' })
  declare rubric: RubricCriterion[];

  @Field(() => Boolean, {
    description: 'Must it be accepted, or passed for sure by the check, before its lesson counts as completed?',
  })
  declare isRequired: boolean;

  @Field(() => Boolean, { description: 'Is the English in it checked?' })
  declare checksEnglish: boolean;
}
