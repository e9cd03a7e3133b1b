import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { QuestionKind } from './question.rules.js';
import { QuestionBankType, QuestionKindEnum, QuestionType } from './question.types.js';

@InputType({ description: 'A new question bank.' })
export class CreateQuestionBankInput {
  @Field(() => ID, { description: 'Of which course.' })
  declare courseId: string;

  @Field(() => String, { description: 'What it is called, 1 to 120 characters; other than the course’s other banks.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 1,000 characters.' })
  declare description?: string | null;
}

@InputType({ description: 'What a question bank is to be called.' })
export class UpdateQuestionBankInput {
  @Field(() => ID, { description: 'Which bank.' })
  declare bankId: string;

  @Field(() => String, { description: 'What it is called, 1 to 120 characters; other than the course’s other banks.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 1,000 characters.' })
  declare description?: string | null;
}

@InputType({ description: 'An option of a SINGLE or MULTIPLE question.' })
export class QuestionOptionInput {
  @Field(() => String, { description: 'What it says, at most 300 characters; other than the other options.' })
  declare text: string;

  @Field(() => Boolean, { description: 'Is it right to choose it?' })
  declare isRight: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What a review says to whoever chose it, at most 500 characters.',
  })
  declare feedback?: string | null;
}

@InputType({ description: 'A prompt of a MATCH question with the choice that belongs to it.' })
export class QuestionPairInput {
  @Field(() => String, { description: 'The prompt, at most 300 characters; other than the other prompts.' })
  declare prompt: string;

  @Field(() => String, { description: 'The choice, at most 300 characters; several prompts may share one.' })
  declare choice: string;
}

@InputType({
  description: 'A question as an author writes it. Only fields of its kind may be given besides the common ones.',
})
export class QuestionInput {
  @Field(() => QuestionKindEnum, { description: 'What it asks for.' })
  declare kind: QuestionKind;

  @Field(() => String, { description: 'What is asked, in Markdown, at most 2,000 characters.' })
  declare prompt: string;

  @Field(() => Int, { nullable: true, description: 'What a right answer earns, 1 to 100; 1 by default.' })
  declare points?: number | null;

  @Field(() => String, { nullable: true, description: 'Why it is so, in Markdown, at most 4,000 characters.' })
  declare explanation?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most ten, of letters, digits, blanks and hyphens.' })
  declare tags?: string[] | null;

  @Field(() => [QuestionOptionInput], {
    nullable: true,
    description: 'SINGLE, MULTIPLE: 2 to 12 options, of which one (SINGLE) or at least one (MULTIPLE) is right.',
  })
  declare options?: QuestionOptionInput[] | null;

  @Field(() => [String], { nullable: true, description: 'SHORT_TEXT: 1 to 20 answers, each of which is right.' })
  declare accepted?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'ORDER: 2 to 12 different items in the right order.' })
  declare items?: string[] | null;

  @Field(() => [QuestionPairInput], {
    nullable: true,
    description: 'MATCH: 2 to 12 prompts with what belongs to them.',
  })
  declare pairs?: QuestionPairInput[] | null;

  @Field(() => [String], { nullable: true, description: 'MATCH: at most 6 choices that belong to no prompt.' })
  declare distractors?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'GAP: the text with 1 to 12 gaps, each as all that is right in it: `She {{goes|walks}} to school {{by}} bus.`',
  })
  declare gapText?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'SHORT_TEXT, GAP: do capitals matter? They do not by default.' })
  declare isCaseSensitive?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'SHORT_TEXT, GAP: typing errors that are forgiven, 0 to 2, one for each four characters; 0 by default.',
  })
  declare typosAllowed?: number | null;
}

@InputType({ description: 'A question for a bank.' })
export class AddQuestionInput {
  @Field(() => ID, { description: 'Which bank.' })
  declare bankId: string;

  @Field(() => QuestionInput, { description: 'The question.' })
  declare question: QuestionInput;
}

@InputType({ description: 'Questions for a bank: all of them or, when one is at fault, none.' })
export class ImportQuestionsInput {
  @Field(() => ID, { description: 'Which bank.' })
  declare bankId: string;

  @Field(() => [QuestionInput], { description: '1 to 200 questions.' })
  declare questions: QuestionInput[];
}

@InputType({ description: 'What a question is to say from now on. Attempts that have begun keep what it said.' })
export class UpdateQuestionInput {
  @Field(() => ID, { description: 'Which question.' })
  declare questionId: string;

  @Field(() => Int, {
    description: 'Number of the revision that you have edited; another author may have been faster.',
  })
  declare revision: number;

  @Field(() => QuestionInput, { description: 'All of the question.' })
  declare question: QuestionInput;
}

@InputType({ description: 'Which question.' })
export class QuestionReferenceInput {
  @Field(() => ID, { description: 'Identity of the question.' })
  declare questionId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The question bank.' })
export class QuestionBankPayload {
  @Field(() => QuestionBankType, { nullable: true, description: 'The bank; null when it was refused.' })
  declare bank?: QuestionBankType | null;

  @Field(() => [LearningError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, TITLE_TAKEN.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The question.' })
export class QuestionPayload {
  @Field(() => QuestionType, { nullable: true, description: 'The question; null when it was refused.' })
  declare question?: QuestionType | null;

  @Field(() => [LearningError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, QUESTION_CHANGED.' })
  declare userErrors: LearningError[];
}

@ObjectType({ simpleResolvers: true, description: 'The questions that were added.' })
export class ImportQuestionsPayload {
  @Field(() => [QuestionType], { nullable: true, description: 'The questions in their order; null when refused.' })
  declare questions?: QuestionType[] | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT (`field` says in which question), NOT_FOUND.',
  })
  declare userErrors: LearningError[];
}
