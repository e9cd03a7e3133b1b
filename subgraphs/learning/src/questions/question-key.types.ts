import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Something to choose, to match or to put in order.' })
export class AnswerChoice {
  @Field(() => ID, { description: 'Random: it says nothing about what is right.' })
  declare id: string;

  @Field(() => String, { description: 'What it says.' })
  declare text: string;
}

@ObjectType({ simpleResolvers: true, description: 'An option, and whether it is right.' })
export class KeyOption extends AnswerChoice {
  @Field(() => Boolean, { description: 'Is it right to choose it?' })
  declare isRight: boolean;

  @Field(() => String, { nullable: true, description: 'What to say to whoever chose it; null when nobody wrote that.' })
  declare feedback?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What is right where options are chosen.' })
export class ChoiceKey {
  declare kind: 'SINGLE' | 'MULTIPLE';

  @Field(() => [KeyOption], { description: 'All options, as they were written.' })
  declare options: KeyOption[];
}

@ObjectType({ simpleResolvers: true, description: 'What is right where a few words are typed.' })
export class TextKey {
  declare kind: 'SHORT_TEXT';

  @Field(() => [String], {
    description: 'Each of these is; blanks, quotation marks and full stops at the end do not matter.',
  })
  declare accepted: string[];

  @Field(() => Boolean, { description: 'Do capitals matter?' })
  declare isCaseSensitive: boolean;

  @Field(() => Int, { description: 'Typing errors that are forgiven at most; one for each four characters.' })
  declare typosAllowed: number;
}

@ObjectType({ simpleResolvers: true, description: 'What is right where items are put in order.' })
export class OrderKey {
  declare kind: 'ORDER';

  @Field(() => [AnswerChoice], { description: 'The items in the right order.' })
  declare items: AnswerChoice[];
}

@ObjectType({ simpleResolvers: true, description: 'A prompt with the choice that belongs to it.' })
export class KeyPair {
  @Field(() => AnswerChoice, { description: 'The prompt.' })
  declare prompt: AnswerChoice;

  @Field(() => AnswerChoice, { description: 'What belongs to it.' })
  declare choice: AnswerChoice;
}

@ObjectType({ simpleResolvers: true, description: 'What is right where choices are matched with prompts.' })
export class MatchKey {
  declare kind: 'MATCH';

  @Field(() => [KeyPair], { description: 'Each prompt with its choice.' })
  declare pairs: KeyPair[];

  @Field(() => [AnswerChoice], { description: 'Choices that belong to no prompt.' })
  declare distractors: AnswerChoice[];
}

@ObjectType({ simpleResolvers: true, description: 'What is right in a gap.' })
export class KeyGap {
  @Field(() => [String], { description: 'Each of these is.' })
  declare accepted: string[];
}

@ObjectType({ simpleResolvers: true, description: 'What is right where gaps are filled in.' })
export class GapKey {
  declare kind: 'GAP';

  @Field(() => [String], { description: 'The text around the gaps: one lies between each two.' })
  declare texts: string[];

  @Field(() => [KeyGap], { description: 'The gaps in their order.' })
  declare gaps: KeyGap[];

  @Field(() => Boolean, { description: 'Do capitals matter?' })
  declare isCaseSensitive: boolean;

  @Field(() => Int, {
    description: 'Typing errors in each gap that are forgiven at most; one for each four characters.',
  })
  declare typosAllowed: number;
}

const keyClasses = {
  SINGLE: ChoiceKey,
  MULTIPLE: ChoiceKey,
  SHORT_TEXT: TextKey,
  ORDER: OrderKey,
  MATCH: MatchKey,
  GAP: GapKey,
} as const;

export const QuestionKey = createUnionType({
  name: 'QuestionKey',
  description: 'What is right, by the kind of question. Learners get it in a review only.',
  types: () => [ChoiceKey, TextKey, OrderKey, MatchKey, GapKey] as const,
  resolveType: ({ kind }) => keyClasses[kind],
});
