import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { RightsService } from './rights.service.js';
import { RightsSnapshot } from './rights.types.js';

/** Rights, for the other processes of ours. */
@Resolver()
export class RightsResolver {
  constructor(private readonly rights: RightsService) {}

  @ServiceOnly('rights')
  @Directive('@inaccessible')
  @Query(() => RightsSnapshot, {
    nullable: true,
    description: 'The rights that every process copies; for our services only.',
  })
  rightsSnapshot(@Ctx() context: RequestContext): Promise<RightsSnapshot> {
    return this.rights.snapshot(context.em);
  }
}
