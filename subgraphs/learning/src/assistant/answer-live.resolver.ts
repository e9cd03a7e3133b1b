import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { AnswerLiveService, AnswerPiece } from './answer-live.service.js';
import { AssistantAnswerEvent } from './assistant.types.js';

interface Start {
  args: { answerId: string; after?: string | null };
  context: RequestContext;
}

/** Answers that people read while they are written. */
@Resolver()
export class AnswerLiveResolver {
  constructor(readonly service: AnswerLiveService) {}

  @SignedIn()
  @Limited({ viewer: { points: 200, seconds: 10 * 60 } })
  @Subscription(() => AssistantAnswerEvent, {
    nullable: true,
    description:
      'An answer to you, piece by piece from its beginning, about ten times a second; it ends with the answer. Where it was begun anew the offset is 0 again.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(AnswerLiveResolver).service.watch(context, args.answerId, args.after),
  })
  assistantAnswer(
    @Root() piece: AnswerPiece,
    @Arg('answerId', () => ID, { description: 'Which answer, as askAssistant gave it.' }) _answerId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event that you have, to go on behind it; from the beginning without it.',
    })
    _after: string | null | undefined,
  ): AssistantAnswerEvent {
    return piece as AssistantAnswerEvent;
  }
}
