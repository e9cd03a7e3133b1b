import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Order } from '../orders/order.entity.js';
import { OrderType } from '../orders/order.types.js';
import type { Application } from './application.entity.js';
import { ApplicationConnection, ApplicationType } from './application.types.js';
import type { OrderApplicationsService } from './order-applications.service.js';

/** Applications below the order that they answer. */
@Resolver(() => OrderType)
export class OrderApplicationsResolver {
  constructor(private readonly service: OrderApplicationsService) {}

  @FieldResolver(() => Int, { description: 'How many tutors have applied and not withdrawn.' })
  applicationCount(@Root() order: Order, @Ctx() context: RequestContext): number | Promise<number> {
    return this.service.count(context, order);
  }

  @FieldResolver(() => ApplicationConnection, {
    description:
      'Applications that you may see, the newest first: all to your own order and for staff, else only yours.',
  })
  applications(
    @Root() order: Order,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Application>> {
    return this.service.list(context, order, page);
  }

  @FieldResolver(() => ApplicationType, { nullable: true, description: 'Your own application; null without one.' })
  myApplication(@Root() order: Order, @Ctx() context: RequestContext): Promise<Application | null> {
    return this.service.own(context, order);
  }

  @FieldResolver(() => ApplicationType, {
    nullable: true,
    description: 'The application that was chosen; null unless the order is yours, it is yours, or you are staff.',
  })
  chosenApplication(@Root() order: Order, @Ctx() context: RequestContext): Promise<Application | null> {
    return this.service.chosen(context, order);
  }
}
