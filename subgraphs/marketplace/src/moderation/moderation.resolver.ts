import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { ModerationService } from './moderation.service.js';
import {
  AppealModerationInput,
  AppealModerationPayload,
  DecideModerationInput,
  DecideModerationPayload,
  ModerationCaseConnection,
  ModerationCaseType,
  ModerationError,
  ModerationQueueFilter,
} from './moderation.types.js';
import type { ModerationCase } from './moderation-case.entity.js';

/** Moderation in the graph. */
@Resolver()
export class ModerationResolver {
  constructor(private readonly moderation: ModerationService) {}

  @Requires('marketplace.moderation.manage')
  @Query(() => ModerationCaseConnection, { nullable: true, description: 'What waits for staff, the oldest first.' })
  moderationQueue(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => ModerationQueueFilter, { nullable: true, description: 'Which cases; all without it.' })
    filter: ModerationQueueFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ModerationCase>> {
    return this.moderation.queue(context, filter, page);
  }

  @SignedIn({ service: 'moderationCase' })
  @Query(() => ModerationCaseType, {
    nullable: true,
    description: 'A case by id; null when there is none, or unless you wrote what it is about or moderate.',
  })
  moderationCase(
    @Arg('id', () => ID, { description: 'Identity of the case.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ModerationCase | null> {
    return this.moderation.find(context, id);
  }

  @SignedIn()
  @Query(() => ModerationCaseConnection, {
    nullable: true,
    description: 'Cases about what you wrote, the newest first; without what you took back.',
  })
  myModerationCases(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ModerationCase>> {
    return this.moderation.own(context, page);
  }

  @Requires('marketplace.moderation.manage')
  @Mutation(() => DecideModerationPayload, {
    nullable: true,
    description:
      'Decides on a case: what it is about is published or rejected at once. An appeal is for somebody else.',
  })
  decideModeration(
    @Arg('input', () => DecideModerationInput, { description: 'What you decide.' }) input: DecideModerationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ModerationError, async () => ({
      moderationCase: await this.moderation.decide(context, input),
    }));
  }

  @SignedIn()
  @Limited({ viewer: { points: 10, seconds: 60 * 60 } })
  @Mutation(() => AppealModerationPayload, {
    nullable: true,
    description: 'Appeals against a rejection of what you wrote, once; another member of staff decides.',
  })
  appealModeration(
    @Arg('input', () => AppealModerationInput, { description: 'Your appeal.' }) input: AppealModerationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ModerationError, async () => ({
      moderationCase: await this.moderation.appeal(context, input),
    }));
  }
}
