import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { KnowledgeLanguage } from '../knowledge/knowledge.rules.js';
import { KnowledgeLanguageEnum } from '../knowledge/knowledge.types.js';
import {
  type AnswerOutcome,
  type AnswerRating,
  answerOutcomes,
  answerRatings,
  type MessageRole,
  type MessageStatus,
  messageRoles,
  messageStatuses,
} from './assistant.rules.js';

const MessageRoleEnum = enumOf(messageRoles);
registerEnumType(MessageRoleEnum, {
  name: 'AssistantMessageRole',
  description: 'Who wrote a message of a conversation with the assistant.',
  valuesConfig: {
    STUDENT: { description: 'Whoever asks.' },
    ASSISTANT: { description: 'The program.' },
    CURATOR: { description: 'A person of the school.' },
  },
});

const MessageStatusEnum = enumOf(messageStatuses);
registerEnumType(MessageStatusEnum, {
  name: 'AssistantMessageStatus',
  description: 'Is a message complete?',
  valuesConfig: {
    WRITING: { description: 'It is being written: listen with assistantAnswer.' },
    DONE: { description: 'It is complete.' },
  },
});

const AnswerOutcomeEnum = enumOf(answerOutcomes);
registerEnumType(AnswerOutcomeEnum, {
  name: 'AssistantAnswerOutcome',
  description: 'What became of a question.',
  valuesConfig: {
    ANSWERED: { description: 'It was answered from the sources that are cited.' },
    NOTHING_FOUND: { description: 'The knowledge base does not answer it: offer handOverToCurator.' },
    DECLINED: { description: 'It is not about English or the school.' },
  },
});

/** @see answerRatings */
export const AnswerRatingEnum = enumOf(answerRatings);
registerEnumType(AnswerRatingEnum, {
  name: 'AssistantAnswerRating',
  description: 'What somebody thinks of an answer.',
  valuesConfig: {
    HELPFUL: { description: 'It settled the matter.' },
    NOT_HELPFUL: { description: 'It did not.' },
  },
});

@ObjectType('AssistantSession', { simpleResolvers: true, description: 'A conversation with the assistant.' })
export class AssistantSessionType {
  @Field(() => ID, { description: 'Identity of the conversation.' })
  declare id: string;

  @Field(() => String, { description: 'The beginning of the first question.' })
  declare title: string;

  @Field(() => KnowledgeLanguageEnum, { description: 'The language of the last question, and so of the next answer.' })
  declare language: KnowledgeLanguage;

  @Field(() => DateTime, { description: 'When something was last asked or answered by a person.' })
  declare lastMessageAt: Date;

  @Field(() => DateTime, { description: 'When it began.' })
  declare createdAt: Date;
}

@ObjectType('AssistantMessage', { simpleResolvers: true, description: 'A question, or what was answered.' })
export class AssistantMessageType {
  @Field(() => ID, { description: 'Identity of the message.' })
  declare id: string;

  @Field(() => Int, { description: 'Its place in the conversation: 1, 2, …' })
  declare sequence: number;

  @Field(() => MessageRoleEnum, { description: 'Who wrote it.' })
  declare role: MessageRole;

  @Field(() => String, {
    description:
      'What it says, as plain text; of an answer that is being written what is there so far. [1] refers to a citation.',
  })
  declare text: string;

  @Field(() => MessageStatusEnum, { description: 'Is it complete?' })
  declare status: MessageStatus;

  @Field(() => AnswerOutcomeEnum, {
    nullable: true,
    description: 'What became of the question; only of complete answers.',
  })
  declare outcome: AnswerOutcome | null;

  @Field(() => Boolean, {
    description: 'Was the answer made without the language model, from the sources’ own sentences? Say so.',
  })
  declare degraded: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What wrote the answer; null for people, and until it is complete.',
  })
  declare model: string | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the question to the end of the answer.' })
  declare responseMs: number | null;

  @Field(() => AnswerRatingEnum, { nullable: true, description: 'What whoever asked thinks of the answer.' })
  declare rating: AnswerRating | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Did the answer settle the matter? Null while nobody has said: by a rating, or by asking a curator.',
  })
  declare resolved: boolean | null;

  @Field(() => DateTime, { description: 'When it was asked or begun.' })
  declare createdAt: Date;
}

@ObjectType('AssistantCitation', { simpleResolvers: true, description: 'From where an answer takes what it says.' })
export class AssistantCitationType {
  @Field(() => Int, { description: 'By which the text refers to it: [1].' })
  declare number: number;

  @Field(() => String, { description: 'What the source was called then.' })
  declare title: string;

  @Field(() => Int, { description: 'Where the passage begins in the source’s text, in UTF-16 code units.' })
  declare startsAt: number;

  @Field(() => Int, { description: 'Where the passage ends.' })
  declare endsAt: number;
}

export const AssistantSessionConnection = connectionOf(AssistantSessionType, 'AssistantSession');
export const AssistantMessageConnection = connectionOf(AssistantMessageType, 'AssistantMessage');

@ObjectType({ simpleResolvers: true, description: 'A piece of an answer that is being written.' })
export class AssistantAnswerEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => Int, {
    description:
      'Where the piece belongs in the answer’s text, in UTF-16 code units: keep what you have up to there, drop what you have behind it, and append the piece. It is 0 again when the answer was begun anew.',
  })
  declare offset: number;

  @Field(() => String, {
    nullable: true,
    description: 'The next piece of the text; null when the event only tells the cursor, as the first one does.',
  })
  declare piece: string | null;

  @Field(() => Boolean, { description: 'Is the answer complete with this piece? Then the subscription ends.' })
  declare isComplete: boolean;

  @Field(() => AssistantMessageType, { description: 'The answer as it is now, which may be ahead of the piece.' })
  declare answer: AssistantMessageType;
}

@InputType({ description: 'A time: from its beginning on, and before its end.' })
export class AssistantPeriodInput {
  @Field(() => DateTime, { description: 'Questions asked from then on.' })
  declare from: Date;

  @Field(() => DateTime, { description: 'Questions asked before then.' })
  declare to: Date;
}

@ObjectType({ simpleResolvers: true, description: 'How the assistant did in a time.' })
export class AssistantStats {
  @Field(() => Int, { description: 'How many questions it has answered, one way or another.' })
  declare questions: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share that it settled by itself, from 0 to 1: rated as helpful, or answered without a word of complaint and without a curator. Null without questions.',
  })
  declare resolvedShare: number | null;

  @Field(() => Int, { nullable: true, description: 'Half of the answers were complete after so many milliseconds.' })
  declare medianResponseMs: number | null;

  @Field(() => Int, { nullable: true, description: '95 of 100 answers were complete after so many milliseconds.' })
  declare p95ResponseMs: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the answers that were made without the language model.',
  })
  declare degradedShare: number | null;

  @Field(() => Int, { description: 'Answers that were rated as helpful.' })
  declare helpful: number;

  @Field(() => Int, { description: 'Answers that were rated as not helpful.' })
  declare notHelpful: number;

  @Field(() => Int, { description: 'Questions to which the knowledge base has no answer.' })
  declare nothingFound: number;

  @Field(() => Int, { description: 'Questions that were none of the school’s matter.' })
  declare declined: number;

  @Field(() => Int, { description: 'Conversations of the time that were handed over to a curator.' })
  declare handedOver: number;
}
