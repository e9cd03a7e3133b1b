import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import type { AudienceService } from './audience.service.js';
import { AudienceArguments, AudienceMember, AudiencePageArguments } from './audience.types.js';

/** Whom something is for, for messaging. */
@Resolver()
export class AudienceResolver {
  constructor(private readonly audiences: AudienceService) {}

  @ServiceOnly('audience')
  @Directive('@inaccessible')
  @Query(() => [AudienceMember], {
    nullable: true,
    description:
      'People who have an account that they can use, in the order of their ids, to be told something; suspended and deleted ones are left out. For our services only.',
  })
  audience(
    @Args(() => AudiencePageArguments) page: AudiencePageArguments,
    @Ctx() context: RequestContext,
  ): Promise<AudienceMember[]> {
    return this.audiences.page(context.em, page);
  }

  @ServiceOnly('audienceSize')
  @Directive('@inaccessible')
  @Query(() => Int, { nullable: true, description: 'How many people an audience is. For our services only.' })
  audienceSize(
    @Args(() => AudienceArguments) filter: AudienceArguments,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return this.audiences.size(context.em, filter);
  }
}
