import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { isDeletion, type LiveService } from './live.service.js';
import { ApplicationChangedEvent, ApplicationReceivedEvent, OrderChangedEvent } from './live.types.js';

interface Start {
  args: { orderId: string; after?: string | null };
  context: RequestContext;
}

const AFTER = 'The cursor of the last message that you have, to go on behind it; from now on without it.';

/** What people watch live. */
@Resolver()
export class LiveResolver {
  constructor(readonly service: LiveService) {}

  @SignedIn()
  @Subscription(() => ApplicationReceivedEvent, {
    nullable: true,
    description: 'Applications to an order of your own, as they arrive; staff may watch any order.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(LiveResolver).service.watchReceived(context, args.orderId, args.after),
  })
  async applicationReceived(
    @Root() { cursor, event }: LiveMessage,
    @Arg('orderId', () => ID, { description: 'Which order.' }) orderId: string,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, application: await this.service.received(context, orderId, event) };
  }

  @SignedIn()
  @Subscription(() => OrderChangedEvent, {
    nullable: true,
    description: 'Changes of an order of your own, whoever makes them; staff may watch any order.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(LiveResolver).service.watchOrder(context, args.orderId, args.after),
  })
  async orderChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('orderId', () => ID, { description: 'Which order.' }) orderId: string,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, order: await this.service.changed(context, orderId, event), deleted: isDeletion(event) };
  }

  @Requires('marketplace.applications.send')
  @Subscription(() => ApplicationChangedEvent, {
    nullable: true,
    description: 'Changes of your own applications, whoever makes them; needs a tutor profile.',
    subscribe: ({ args, context }: Start) => context.resolver(LiveResolver).service.watchOwn(context, args.after),
  })
  async applicationChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, application: await this.service.ownChanged(context, event) };
  }
}
