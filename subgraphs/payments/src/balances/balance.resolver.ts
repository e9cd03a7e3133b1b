import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { BookingReference } from '../people/entities.types.js';
import type { BalanceService, Earning } from './balance.service.js';
import { BalanceType, EarningConnection, EarningType } from './balance.types.js';

/** What tutors have, in the graph. */
@Resolver(() => EarningType)
export class BalanceResolver {
  constructor(private readonly balances: BalanceService) {}

  @FieldResolver(() => BookingReference, { nullable: true, description: 'The lesson.' })
  booking(@Root() { bookingId }: Earning): BookingReference | null {
    return bookingId ? { id: bookingId } : null;
  }

  @Requires('payments.earnings.own')
  @Query(() => [BalanceType], {
    nullable: true,
    description: 'What you have, in each currency in which you ever had something.',
  })
  myBalance(@Ctx() context: RequestContext): Promise<BalanceType[]> {
    return this.balances.own(context);
  }

  @Requires('payments.earnings.own')
  @Query(() => EarningConnection, {
    nullable: true,
    description: 'Your shares of what students paid for lessons, the newest first; null without a tutor profile.',
  })
  myEarnings(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Earning> | null> {
    return this.balances.earnings(context, page);
  }
}
