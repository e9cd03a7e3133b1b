import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type KnowledgeKind, type KnowledgeLanguage, knowledgeKinds } from './knowledge.rules.js';

/** @see knowledgeKinds */
export const KnowledgeKindEnum = enumOf(knowledgeKinds);
registerEnumType(KnowledgeKindEnum, {
  name: 'KnowledgeKind',
  description: 'What an entry of the knowledge base is.',
  valuesConfig: {
    LESSON: { description: 'A lesson of a published course; it is edited there.' },
    FAQ: { description: 'How the school works.' },
    GRAMMAR_RULE: { description: 'A rule of English: grammar, words, pronunciation.' },
  },
});

/** Languages of entries and answers; the graph writes them in capitals. */
export const KnowledgeLanguageEnum = { EN: 'en', RU: 'ru' } as const;
registerEnumType(KnowledgeLanguageEnum, {
  name: 'KnowledgeLanguage',
  description: 'Languages that the assistant knows.',
  valuesConfig: { EN: { description: 'English.' }, RU: { description: 'Russian.' } },
});

@ObjectType('KnowledgeEntry', { simpleResolvers: true, description: 'Something that the assistant answers from.' })
export class KnowledgeEntryType {
  @Field(() => ID, { description: 'Identity of the entry.' })
  declare id: string;

  @Field(() => KnowledgeKindEnum, { description: 'What it is.' })
  declare kind: KnowledgeKind;

  @Field(() => KnowledgeLanguageEnum, { description: 'The language in which it is written.' })
  declare language: KnowledgeLanguage;

  @Field(() => String, { description: 'What it is about.' })
  declare title: string;

  @Field(() => String, { description: 'What it says, as paragraphs of plain text; of a lesson, Markdown.' })
  declare body: string;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}

export const KnowledgeEntryConnection = connectionOf(KnowledgeEntryType, 'KnowledgeEntry');

@InputType({ description: 'Which entries; conditions add up.' })
export class KnowledgeEntryFilter {
  @Field(() => KnowledgeKindEnum, { nullable: true, description: 'Only entries of this kind.' })
  declare kind?: KnowledgeKind | null;

  @Field(() => KnowledgeLanguageEnum, { nullable: true, description: 'Only entries in this language.' })
  declare language?: KnowledgeLanguage | null;

  @Field(() => String, { nullable: true, description: 'Only entries that hold these words, in any form of them.' })
  declare search?: string | null;
}

@InputType({ description: 'An entry of the knowledge base: a new one, or one that is there already, as it shall be.' })
export class UpsertKnowledgeEntryInput {
  @Field(() => ID, { nullable: true, description: 'Which entry to change; a new one without it.' })
  declare entryId?: string | null;

  @Field(() => KnowledgeKindEnum, { description: 'FAQ or GRAMMAR_RULE: lessons come from their courses.' })
  declare kind: KnowledgeKind;

  @Field(() => KnowledgeLanguageEnum, { description: 'The language in which it is written.' })
  declare language: KnowledgeLanguage;

  @Field(() => String, { description: 'What it is about, 3 to 200 characters.' })
  declare title: string;

  @Field(() => String, {
    description:
      'What it says, 20 to 20,000 characters; paragraphs with an empty line between them are found by themselves.',
  })
  declare body: string;

  @Field(() => String, { nullable: true, description: 'Where it is from, for those who edit; at most 300 characters.' })
  declare source?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of your own: the same input with the same key is carried out once within 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The entry as it is now; questions find it at once.' })
export class UpsertKnowledgeEntryPayload {
  @Field(() => KnowledgeEntryType, { nullable: true, description: 'The entry; null when it was refused.' })
  declare entry?: KnowledgeEntryType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, KNOWLEDGE_OF_LESSON, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'Which entry goes.' })
export class DeleteKnowledgeEntryInput {
  @Field(() => ID, { description: 'Identity of the entry.' })
  declare entryId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What went.' })
export class DeleteKnowledgeEntryPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the entry that is gone; null when it was refused.' })
  declare deletedEntryId?: string | null;

  @Field(() => [LearningError], { description: 'What went wrong: NOT_FOUND, KNOWLEDGE_OF_LESSON.' })
  declare userErrors: LearningError[];
}
