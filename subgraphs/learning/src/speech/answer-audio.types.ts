import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';
import { LearningError } from '../errors.js';

@ObjectType({ simpleResolvers: true, description: 'Where an answer of the assistant can be heard.' })
export class AssistantAnswerAudioPayload {
  @Field(() => Url, {
    nullable: true,
    description:
      'An MP3 file; keep the address to yourself. It may take some seconds the first time; when it cannot be made it answers with status 503.',
  })
  declare url?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the address is good.' })
  declare expiresAt?: Date | null;

  @Field(() => [LearningError], { description: 'What went wrong: SPEECH_NOT_AVAILABLE, NOT_FOUND, ANSWER_UNFINISHED.' })
  declare userErrors: LearningError[];
}
