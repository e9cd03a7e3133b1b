import { Public, Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Policy } from './policy.entity.js';
import { PolicyError, PublishBookingPolicyInput, PublishBookingPolicyPayload } from './policy.payloads.js';
import type { PolicyService } from './policy.service.js';
import { PolicyConnection, PolicyType } from './policy.types.js';

/** The rules of the market in the graph. */
@Resolver(() => PolicyType)
export class PolicyResolver {
  constructor(private readonly policies: PolicyService) {}

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who published it, for whoever may publish; null for the first one, which nobody published.',
  })
  publishedBy(@Root() policy: Policy, @Ctx() context: RequestContext): UserReference | null {
    const userId = this.policies.publisher(context, policy);
    return userId ? { id: userId } : null;
  }

  @Public()
  @Query(() => PolicyType, { nullable: true, description: 'The rules that hold for bookings that are made now.' })
  bookingPolicy(@Ctx() context: RequestContext): Promise<Policy> {
    return this.policies.current(context);
  }

  @Requires('marketplace.policies.manage')
  @Query(() => PolicyConnection, { nullable: true, description: 'All rules that ever held, the newest first.' })
  bookingPolicies(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Policy>> {
    return this.policies.history(context, page);
  }

  @Requires('marketplace.policies.manage')
  @Mutation(() => PublishBookingPolicyPayload, {
    nullable: true,
    description: 'Publishes rules for bookings that are made from now on; what was booked before keeps its own.',
  })
  publishBookingPolicy(
    @Arg('input', () => PublishBookingPolicyInput, { description: 'The rules.' }) input: PublishBookingPolicyInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PolicyError, async () => ({ policy: await this.policies.publish(context, input) }));
  }
}
