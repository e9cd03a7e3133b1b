import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { KnowledgeLanguage } from '../knowledge/knowledge.rules.js';
import { KnowledgeLanguageEnum } from '../knowledge/knowledge.types.js';
import type { AnswerRating } from './assistant.rules.js';
import { AnswerRatingEnum, AssistantMessageType, AssistantSessionType } from './assistant.types.js';

@InputType({ description: 'A question to the assistant.' })
export class AskAssistantInput {
  @Field(() => ID, { nullable: true, description: 'Your conversation to go on with; a new one without it.' })
  declare sessionId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What you want to know, 2 to 2,000 characters; or send a recording.',
  })
  declare question?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Your recording, written down (see transcribeRecording), instead of a question: the first 2,000 characters of what you say in it.',
  })
  declare recordingId?: string | null;

  @Field(() => KnowledgeLanguageEnum, {
    nullable: true,
    description: 'In which language to answer; that of the question without it.',
  })
  declare language?: KnowledgeLanguage | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of your own: the same question with the same key is asked once within 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your question, and the answer that is being written.' })
export class AskAssistantPayload {
  @Field(() => AssistantSessionType, { nullable: true, description: 'The conversation; null when it was refused.' })
  declare session?: AssistantSessionType | null;

  @Field(() => AssistantMessageType, { nullable: true, description: 'The question; null when it was refused.' })
  declare question?: AssistantMessageType | null;

  @Field(() => AssistantMessageType, {
    nullable: true,
    description: 'The answer: listen to it by its id with assistantAnswer, or ask for the conversation later.',
  })
  declare answer?: AssistantMessageType | null;

  @Field(() => [LearningError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, RECORDING_NOT_READY, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'What you think of an answer.' })
export class RateAssistantAnswerInput {
  @Field(() => ID, { description: 'Which answer to you.' })
  declare answerId: string;

  @Field(() => AnswerRatingEnum, { description: 'What you think of it; you may change your mind.' })
  declare rating: AnswerRating;
}

@ObjectType({ simpleResolvers: true, description: 'The answer, rated.' })
export class RateAssistantAnswerPayload {
  @Field(() => AssistantMessageType, { nullable: true, description: 'The answer; null when it was refused.' })
  declare answer?: AssistantMessageType | null;

  @Field(() => [LearningError], { description: 'What went wrong: NOT_FOUND, ANSWER_UNFINISHED.' })
  declare userErrors: LearningError[];
}
