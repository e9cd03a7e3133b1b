import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Order } from '../orders/order.entity.js';
import { OrderType } from '../orders/order.types.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { TutorType } from '../tutors/tutor.types.js';
import type { Application } from './application.entity.js';
import {
  ApplicationError,
  ApplyToOrderInput,
  ApplyToOrderPayload,
  ChooseApplicationInput,
  ChooseApplicationPayload,
  DeclineApplicationInput,
  DeclineApplicationPayload,
  WithdrawApplicationInput,
  WithdrawApplicationPayload,
} from './application.payloads.js';
import type { ApplicationService } from './application.service.js';
import { ApplicationConnection, ApplicationType, MyApplicationsFilter } from './application.types.js';
import type { ChoiceService } from './choice.service.js';

/** Applications in the graph. */
@Resolver(() => ApplicationType)
export class ApplicationResolver {
  constructor(
    private readonly applications: ApplicationService,
    private readonly choices: ChoiceService,
  ) {}

  @FieldResolver(() => OrderType, { description: 'The order that it answers.' })
  order(@Root() application: Application, @Ctx() context: RequestContext): Promise<Order | null> {
    return this.applications.order(context, application);
  }

  @FieldResolver(() => TutorType, { description: 'Who sent it.' })
  tutor(@Root() application: Application, @Ctx() context: RequestContext): Promise<Tutor | null> {
    return this.applications.tutor(context, application);
  }

  @FieldResolver(() => Money, { description: 'What the tutor asks for an hour.' })
  proposedRate(@Root() { rateMinor, currency }: Application): Money {
    return { amountMinor: rateMinor, currency };
  }

  @SignedIn()
  @Query(() => ApplicationType, {
    nullable: true,
    description: 'An application by id; null when there is none that you may see.',
  })
  application(
    @Arg('id', () => ID, { description: 'Identity of the application.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Application | null> {
    return this.applications.find(context, id);
  }

  @SignedIn()
  @Query(() => ApplicationConnection, { nullable: true, description: 'Your own applications, the newest first.' })
  myApplications(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => MyApplicationsFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: MyApplicationsFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Application>> {
    return this.applications.own(context, filter?.status, page);
  }

  @Requires('marketplace.applications.send')
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => ApplyToOrderPayload, { nullable: true, description: 'Applies to an open order; one may do so once.' })
  applyToOrder(
    @Arg('input', () => ApplyToOrderInput, { description: 'Your answer.' }) input: ApplyToOrderInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ApplicationError, async () => ({
      application: await this.applications.apply(context, input),
    }));
  }

  @Requires('marketplace.applications.send')
  @Mutation(() => WithdrawApplicationPayload, {
    nullable: true,
    description: 'Takes a pending application of yours back, for good.',
  })
  withdrawApplication(
    @Arg('input', () => WithdrawApplicationInput, { description: 'Which one.' }) input: WithdrawApplicationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ApplicationError, async () => ({
      application: await this.applications.withdraw(context, input),
    }));
  }

  @Requires('marketplace.orders.post')
  @Mutation(() => ChooseApplicationPayload, {
    nullable: true,
    description:
      'Chooses a pending application to your open order: the order is matched, other pending applications become NOT_CHOSEN, and there is a booking at the proposed rate, without times yet.',
  })
  chooseApplication(
    @Arg('input', () => ChooseApplicationInput, { description: 'Whom you choose.' }) input: ChooseApplicationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ApplicationError, () => this.choices.choose(context, input));
  }

  @Requires('marketplace.orders.post')
  @Mutation(() => DeclineApplicationPayload, {
    nullable: true,
    description: 'Declines a pending application to an order of yours, for good.',
  })
  declineApplication(
    @Arg('input', () => DeclineApplicationInput, { description: 'Whom you decline.' }) input: DeclineApplicationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, ApplicationError, async () => ({ application: await this.choices.decline(context, input) }));
  }
}
