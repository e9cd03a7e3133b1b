import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { Dealings } from './dealings.repository.js';
import type { DealingsService } from './dealings.service.js';
import { DealingsType } from './dealings.types.js';

/** Who has to do with whom, for our services. */
@Resolver()
export class DealingsResolver {
  constructor(private readonly service: DealingsService) {}

  @ServiceOnly('dealings')
  @Directive('@inaccessible')
  @Query(() => DealingsType, {
    nullable: true,
    description:
      'What lies between two people, whichever of them teaches; null without an application or a booking. For our services only.',
  })
  dealings(
    @Arg('userId', () => ID, { description: 'One of them.' }) userId: string,
    @Arg('otherUserId', () => ID, { description: 'The other.' }) otherUserId: string,
    @Ctx() context: RequestContext,
  ): Promise<Dealings | null> {
    return this.service.between(context, userId, otherUserId);
  }
}
