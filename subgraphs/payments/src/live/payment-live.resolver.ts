import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { PaymentLiveService } from './payment-live.service.js';
import { PaymentChangedEvent } from './payment-live.types.js';

interface Start {
  args: { paymentId?: string | null; after?: string | null };
  context: RequestContext;
}

/** Payments that people watch live. */
@Resolver()
export class PaymentLiveResolver {
  constructor(readonly service: PaymentLiveService) {}

  @SignedIn()
  @Subscription(() => PaymentChangedEvent, {
    nullable: true,
    description:
      'Changes of your own payments: attempts that fail, money that arrives or goes back; new ones too. With an id, of that payment only; staff may watch any.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(PaymentLiveResolver).service.watch(context, args.paymentId, args.after),
  })
  async paymentChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('paymentId', () => ID, { nullable: true, description: 'Which payment; all of your own without it.' })
    paymentId: string | null | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last message that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, payment: await this.service.changed(context, paymentId, event) };
  }
}
