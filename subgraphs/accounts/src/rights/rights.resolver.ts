import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, ID, Int, Query, Resolver } from 'type-graphql';
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

  @ServiceOnly('usersWithPermission')
  @Directive('@inaccessible')
  @Query(() => [ID], {
    nullable: true,
    description:
      'Accounts of staff who may do something now, in the order of their ids, so that they can be told of what waits for them; suspended and deleted ones are left out. For our services only.',
  })
  usersWithPermission(
    @Arg('permission', () => String, { description: 'The name of the permission.' }) permission: string,
    @Arg('first', () => Int, { description: 'How many at most, 1 to 1,000.' }) first: number,
    @Arg('after', () => ID, { nullable: true, description: 'Only those after this account, the last one of a page.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<string[]> {
    return this.rights.staffWith(context.em, permission, { first, after: after ?? null });
  }
}
