import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { AnswerAudioService } from './answer-audio.service.js';
import { AssistantAnswerAudioPayload } from './answer-audio.types.js';

/** Answers of the assistant, spoken. */
@Resolver()
export class AnswerAudioResolver {
  constructor(private readonly service: AnswerAudioService) {}

  @SignedIn()
  @Limited({ viewer: { points: 40, seconds: 10 * 60 } })
  @Query(() => AssistantAnswerAudioPayload, {
    nullable: true,
    description: 'Where a complete answer of the assistant to you can be heard, for ten minutes.',
  })
  assistantAnswerAudio(
    @Arg('answerId', () => ID, { description: 'Which answer to you.' }) answerId: string,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.address(context, answerId));
  }
}
