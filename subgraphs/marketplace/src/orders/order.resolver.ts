import { Public, Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Money } from '@tutorgraph/kit/graphql/money';
import { selects } from '@tutorgraph/kit/graphql/selection';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { Subject } from '../subjects/subject.entity.js';
import { SubjectType } from '../subjects/subject.types.js';
import { maySeeStudent } from './order.access.js';
import { LONG_TEXTS, type OrderSelection } from './order.along.js';
import type { Order } from './order.entity.js';
import {
  CloseOrderInput,
  CloseOrderPayload,
  DeleteOrderInput,
  DeleteOrderPayload,
  OrderError,
  PostOrderInput,
  PostOrderPayload,
  UpdateOrderInput,
  UpdateOrderPayload,
} from './order.payloads.js';
import type { OrderService } from './order.service.js';
import { MyOrdersFilter, OrderConnection, OrderFilter, OrderType } from './order.types.js';

/** Orders in the graph. */
@Resolver(() => OrderType)
export class OrderResolver {
  constructor(private readonly service: OrderService) {}

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who posted it; null unless it is you, you were chosen, or are staff.',
  })
  async student(@Root() order: Order, @Ctx() context: RequestContext): Promise<UserReference | null> {
    return (await maySeeStudent(context, order)) ? { id: order.studentId } : null;
  }

  @FieldResolver(() => SubjectType, { description: 'What is to be taught.' })
  subject(@Root() order: Order, @Ctx() context: RequestContext): Subject | null | Promise<Subject | null> {
    return this.service.subject(context, order);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the student would pay for an hour; null when open.',
  })
  budget(@Root() { budgetMinor, budgetCurrency }: Order): Money | null {
    return budgetMinor && budgetCurrency ? { amountMinor: budgetMinor, currency: budgetCurrency } : null;
  }

  @Public()
  @Query(() => OrderType, { nullable: true, description: 'An order by id; null when there is none that you may see.' })
  order(
    @Arg('id', () => ID, { description: 'Identity of the order.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Order | null> {
    return this.service.find(context, id);
  }

  @Public()
  @Query(() => OrderConnection, { nullable: true, description: 'Open orders, the newest first.' })
  orders(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which orders; all open ones without it.' })
    filter: OrderFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Order>> {
    return this.service.list(context, filter, page, selectedOf(info));
  }

  @SignedIn()
  @Query(() => OrderConnection, { nullable: true, description: 'Your own orders, the newest first.' })
  myOrders(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => MyOrdersFilter, { nullable: true, description: 'Which orders; all without it.' })
    filter: MyOrdersFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Order>> {
    return this.service.own(context, filter?.status, page, selectedOf(info));
  }

  @Requires('marketplace.orders.post')
  @Limited({ viewer: { points: 20, seconds: 60 * 60 } })
  @Mutation(() => PostOrderPayload, { nullable: true, description: 'Posts an order for tutors to find.' })
  postOrder(
    @Arg('input', () => PostOrderInput, { description: 'What you look for.' }) input: PostOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, OrderError, async () => ({ order: await this.service.post(context, input) }));
  }

  @Requires('marketplace.orders.post')
  @Mutation(() => UpdateOrderPayload, { nullable: true, description: 'Changes an open order of yours.' })
  updateOrder(
    @Arg('input', () => UpdateOrderInput, { description: 'What to change.' }) input: UpdateOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, OrderError, async () => ({ order: await this.service.update(context, input) }));
  }

  @Requires('marketplace.orders.post')
  @Mutation(() => CloseOrderPayload, {
    nullable: true,
    description: 'Closes an open order of yours without choosing; pending applications become NOT_CHOSEN.',
  })
  closeOrder(
    @Arg('input', () => CloseOrderInput, { description: 'Which order.' }) input: CloseOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, OrderError, async () => ({ order: await this.service.close(context, input) }));
  }

  @Requires('marketplace.orders.post')
  @Mutation(() => DeleteOrderPayload, {
    nullable: true,
    description: 'Deletes an order of yours to which nobody has applied.',
  })
  deleteOrder(
    @Arg('input', () => DeleteOrderInput, { description: 'Which order.' }) input: DeleteOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, OrderError, async () => ({ deletedOrderId: await this.service.delete(context, input) }));
  }
}

function selectedOf(info: GraphQLResolveInfo): OrderSelection {
  return {
    total: selects(info, 'totalCount'),
    applicationCount: selects(info, 'edges.node.applicationCount'),
    subject: selects(info, 'edges.node.subject'),
    without: LONG_TEXTS.filter((text) => !selects(info, `edges.node.${text}`)),
  };
}
