import { SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { QuestionKind } from '../questions/question.rules.js';
import { AnswerChoice } from '../questions/question-key.types.js';

/** The type of each kind, by name: the classes below extend the interface. */
const typeNames: Readonly<Record<QuestionKind, string>> = {
  SINGLE: 'ChoiceQuestion',
  MULTIPLE: 'ChoiceQuestion',
  SHORT_TEXT: 'TextQuestion',
  ORDER: 'OrderQuestion',
  MATCH: 'MatchQuestion',
  GAP: 'GapQuestion',
};

@InterfaceType('AttemptQuestion', {
  description: 'A question of an attempt with your answer. What is right is never in it: see `Attempt.review`.',
  resolveType: ({ kind }: { kind: QuestionKind }) => typeNames[kind],
})
export abstract class AttemptQuestionType {
  @Field(() => ID, { description: 'Identity of the question in this attempt, for `saveAnswer`.' })
  declare id: string;

  @Field(() => Int, { description: '1, 2, … in this attempt; the same whenever you load it.' })
  declare position: number;

  @Field(() => String, { description: 'What is asked, in Markdown.' })
  declare prompt: string;

  @Field(() => Int, { description: 'What a right answer earns.' })
  declare points: number;

  @Field(() => Boolean, { description: 'Is an answer kept?' })
  declare isAnswered: boolean;

  @Field(() => SafeIntAmount, {
    description: 'The number of the answer that is kept, 0 before the first; give the next one a greater number.',
  })
  declare sequence: number;
}

@ObjectType({
  implements: AttemptQuestionType,
  simpleResolvers: true,
  description: 'Choose one option, or all that are right.',
})
export class ChoiceQuestion extends AttemptQuestionType {
  @Field(() => [AnswerChoice], { description: 'What there is to choose from.' })
  declare options: AnswerChoice[];

  @Field(() => Boolean, { description: 'May more than one be chosen? Wrong ones cost what right ones earn.' })
  declare allowsSeveral: boolean;

  @Field(() => [ID], { description: 'What you have chosen.' })
  declare chosenIds: string[];
}

@ObjectType({ implements: AttemptQuestionType, simpleResolvers: true, description: 'Type a few words.' })
export class TextQuestion extends AttemptQuestionType {
  @Field(() => String, { nullable: true, description: 'What you have typed; null without an answer.' })
  declare typed: string | null;
}

@ObjectType({ implements: AttemptQuestionType, simpleResolvers: true, description: 'Put items in order.' })
export class OrderQuestion extends AttemptQuestionType {
  @Field(() => [AnswerChoice], { description: 'The items, in an order that says nothing.' })
  declare items: AnswerChoice[];

  @Field(() => [ID], { description: 'The items in your order; empty without an answer.' })
  declare orderedIds: string[];
}

@ObjectType({ simpleResolvers: true, description: 'What you have matched.' })
export class AnswerPair {
  @Field(() => ID, { description: 'The prompt.' })
  declare promptId: string;

  @Field(() => ID, { description: 'The choice that you gave it.' })
  declare choiceId: string;
}

@ObjectType({
  implements: AttemptQuestionType,
  simpleResolvers: true,
  description: 'Give each prompt what belongs to it.',
})
export class MatchQuestion extends AttemptQuestionType {
  @Field(() => [AnswerChoice], { description: 'What is to be given a choice.' })
  declare prompts: AnswerChoice[];

  @Field(() => [AnswerChoice], {
    description: 'The choices, in an order that says nothing. One may belong to several prompts, or to none.',
  })
  declare choices: AnswerChoice[];

  @Field(() => [AnswerPair], { description: 'What you have matched so far.' })
  declare pairs: AnswerPair[];
}

@ObjectType({ implements: AttemptQuestionType, simpleResolvers: true, description: 'Fill in the gaps of a text.' })
export class GapQuestion extends AttemptQuestionType {
  @Field(() => [String], { description: 'The text around the gaps: one lies between each two.' })
  declare texts: string[];

  @Field(() => [String], { description: 'What you have filled in, one for each gap; empty without an answer.' })
  declare filled: string[];
}

/** Every type that a question of an attempt may be. */
export const attemptQuestionTypes = [ChoiceQuestion, TextQuestion, OrderQuestion, MatchQuestion, GapQuestion];
