import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { HandOver } from './hand-over.entity.js';
import type { HandOverService } from './hand-over.service.js';
import {
  CloseHandOverInput,
  CloseHandOverPayload,
  HandOverConnection,
  HandOverFilter,
  HandOverToCuratorInput,
  HandOverToCuratorPayload,
  TakeHandOverInput,
  TakeHandOverPayload,
} from './hand-over.types.js';

/** Questions that people of the school answer. */
@Resolver()
export class HandOverResolver {
  constructor(private readonly service: HandOverService) {}

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => HandOverToCuratorPayload, {
    nullable: true,
    description: 'Asks for a person: a curator gets the whole conversation.',
  })
  handOverToCurator(
    @Arg('input', () => HandOverToCuratorInput, { description: 'Which conversation.' }) input: HandOverToCuratorInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ handOver: await this.service.open(context, input) }));
  }

  @Requires('learning.hand-overs.answer')
  @Query(() => HandOverConnection, {
    nullable: true,
    description:
      'Conversations that wait for a curator, the oldest first: of students whom you see, and of people who are no students yet.',
  })
  handOvers(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => HandOverFilter, {
      nullable: true,
      description: 'Which; those that are not settled without it.',
    })
    filter: HandOverFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<HandOver>> {
    return this.service.list(context, filter, page);
  }

  @Requires('learning.hand-overs.answer')
  @Mutation(() => TakeHandOverPayload, { nullable: true, description: 'You see to a conversation. It is audited.' })
  takeHandOver(
    @Arg('input', () => TakeHandOverInput, { description: 'Which hand-over.' }) input: TakeHandOverInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ handOver: await this.service.take(context, input) }));
  }

  @Requires('learning.hand-overs.answer')
  @Mutation(() => CloseHandOverPayload, { nullable: true, description: 'Settles a hand-over. It is audited.' })
  closeHandOver(
    @Arg('input', () => CloseHandOverInput, { description: 'Which hand-over, and what you answer.' })
    input: CloseHandOverInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ handOver: await this.service.close(context, input) }));
  }
}
