import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type QuestionKind, questionKinds } from './question.rules.js';

/** @see questionKinds */
export const QuestionKindEnum = enumOf(questionKinds);
registerEnumType(QuestionKindEnum, {
  name: 'QuestionKind',
  description: 'What a question asks for, and which share of its points an answer earns.',
  valuesConfig: {
    SINGLE: { description: 'One option is right: all points or none.' },
    MULTIPLE: {
      description:
        'One or more options are right: those chosen less wrong ones, by all right ones; never below nothing.',
    },
    SHORT_TEXT: { description: 'A few words are typed: all points or none.' },
    ORDER: {
      description: 'Items are put in order: neighbours that belong together in this order, by all that could.',
    },
    MATCH: { description: 'Each prompt is given a choice: prompts that are right, by all prompts.' },
    GAP: { description: 'Gaps of a text are filled in: gaps that are right, by all gaps.' },
  },
});

@ObjectType('QuestionBank', { simpleResolvers: true, description: 'Questions of a course, of which tests are made.' })
export class QuestionBankType {
  @Field(() => ID, { description: 'Identity of the bank.' })
  declare id: string;

  @Field(() => String, { description: 'What authors call it; no other bank of the course is called so.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it is for; null when nobody said.' })
  declare description: string | null;

  @Field(() => DateTime, { description: 'Since when it is there.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When its title or description last changed.' })
  declare updatedAt: Date;
}

@ObjectType('QuestionTag', { simpleResolvers: true, description: 'A tag, and how many questions it would draw from.' })
export class QuestionTagType {
  @Field(() => String, { description: 'The tag, in lower case.' })
  declare tag: string;

  @Field(() => Int, { description: 'Questions of the bank that have it and are not retired.' })
  declare count: number;
}

@ObjectType('Question', { simpleResolvers: true, description: 'A question, for those who write courses.' })
export class QuestionType {
  @Field(() => ID, { description: 'Identity of the question, whatever it says.' })
  declare id: string;

  @Field(() => [String], { description: 'Tags, in lower case; tests draw by them.' })
  declare tags: string[];

  @Field(() => DateTime, { nullable: true, description: 'Since when new attempts do not get it; null while they do.' })
  declare retiredAt: Date | null;

  @Field(() => DateTime, { description: 'Since when it is there.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

@ObjectType('QuestionRevision', {
  simpleResolvers: true,
  description: 'What a question says, from one edit to the next. Attempts keep the one that they began with.',
})
export class QuestionRevisionType {
  @Field(() => ID, { description: 'Identity of the revision.' })
  declare id: string;

  @Field(() => Int, { description: '1, 2, … within the question; `updateQuestion` wants the current one.' })
  declare number: number;

  @Field(() => QuestionKindEnum, { description: 'What it asks for.' })
  declare kind: QuestionKind;

  @Field(() => String, { description: 'What is asked, in Markdown.' })
  declare prompt: string;

  @Field(() => Int, { description: 'What a right answer earns.' })
  declare points: number;

  @Field(() => String, { nullable: true, description: 'Why it is so, in Markdown; shown in a review.' })
  declare explanation: string | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;
}

@ObjectType('QuestionStatistics', {
  simpleResolvers: true,
  description:
    'How a question has done, over the first attempt of each student that is over and had it in any revision.',
})
export class QuestionStatisticsType {
  @Field(() => Int, { description: 'How many answered it (or left it out).' })
  declare answers: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean share of its points that was earned, 0 (nobody knows) to 1 (everybody does); null before the first answer.',
  })
  declare difficulty: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Correlation of its share with that of the rest of the attempt, -1 to 1. Below 0.2 it hardly tells who knows the matter, below 0 it misleads; null when there are too few answers, or all are alike.',
  })
  declare discrimination: number | null;
}

@InputType({ description: 'Which questions; conditions add up.' })
export class QuestionFilter {
  @Field(() => ID, { description: 'Of which bank.' })
  declare bankId: string;

  @Field(() => QuestionKindEnum, { nullable: true, description: 'Only of this kind.' })
  declare kind?: QuestionKind | null;

  @Field(() => String, { nullable: true, description: 'Only with this tag.' })
  declare tag?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only retired ones, or only those that are not; all without it.',
  })
  declare isRetired?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Only those whose prompt holds this text, whatever its case.' })
  declare text?: string | null;
}

export const QuestionBankConnection = connectionOf(QuestionBankType, 'QuestionBank');
export const QuestionConnection = connectionOf(QuestionType, 'Question');
