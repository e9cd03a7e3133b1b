import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { AssistantSession } from './assistant.entity.js';
import {
  AskAssistantInput,
  AskAssistantPayload,
  RateAssistantAnswerInput,
  RateAssistantAnswerPayload,
} from './assistant.payloads.js';
import type { AssistantService } from './assistant.service.js';
import {
  AssistantPeriodInput,
  AssistantSessionConnection,
  AssistantSessionType,
  AssistantStats,
} from './assistant.types.js';
import type { StatsService } from './stats.service.js';

/** The assistant in the graph. */
@Resolver()
export class AssistantResolver {
  constructor(
    private readonly service: AssistantService,
    private readonly figures: StatsService,
  ) {}

  @SignedIn()
  @Limited({ viewer: { points: 40, seconds: 10 * 60 } })
  @Mutation(() => AskAssistantPayload, {
    nullable: true,
    description:
      'Asks the assistant about English or the school. It comes back at once; the answer is written meanwhile, from the school’s materials and the lessons that are open to you.',
  })
  askAssistant(
    @Arg('input', () => AskAssistantInput, { description: 'The question.' }) input: AskAssistantInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.ask(context, input));
  }

  @SignedIn()
  @Mutation(() => RateAssistantAnswerPayload, { nullable: true, description: 'Says whether an answer to you helped.' })
  rateAssistantAnswer(
    @Arg('input', () => RateAssistantAnswerInput, { description: 'Which answer, and what you think.' })
    input: RateAssistantAnswerInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ answer: await this.service.rate(context, input) }));
  }

  @SignedIn()
  @Query(() => AssistantSessionConnection, {
    nullable: true,
    description: 'Your conversations with the assistant, the latest first.',
  })
  chatSessions(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AssistantSession>> {
    return this.service.sessions(context, page);
  }

  @SignedIn()
  @Query(() => AssistantSessionType, {
    nullable: true,
    description:
      'A conversation: your own, or one that was handed over and that you may answer; null when there is none.',
  })
  chatSession(
    @Arg('id', () => ID, { description: 'Identity of the conversation.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<AssistantSession | null> {
    return this.service.session(context, id);
  }

  @Requires('learning.reports.read')
  @Query(() => AssistantStats, { nullable: true, description: 'How the assistant did in a time.' })
  assistantStats(
    @Arg('period', () => AssistantPeriodInput, { description: 'Which time.' }) period: AssistantPeriodInput,
    @Ctx() context: RequestContext,
  ): Promise<AssistantStats> {
    return this.figures.of(context, period);
  }
}
